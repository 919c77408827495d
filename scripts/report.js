/* SPDX-License-Identifier: MIT
 * report.js -- tables of report.html that sort, and the one of all cells that filters.  Without it they are plain. */
(function () {
	"use strict";

	/* ---- sorting ---- */

	/* What a cell is sorted by: data-v where it has one; a dash is nothing. */
	function keyOf(row, column) {
		var cell = row.cells[column];
		if (cell.dataset.v !== undefined)
			return Number(cell.dataset.v);
		return cell.classList.contains("n") ? NaN : cell.textContent;
	}

	/* Nothing comes last in either direction; what is equal keeps its order. */
	function compare(a, b, sign) {
		var gone = [typeof a === "number" && isNaN(a), typeof b === "number" && isNaN(b)];
		if (gone[0] || gone[1])
			return gone[0] - gone[1];
		if (typeof a === "number")
			return sign * (a - b);
		return sign * a.localeCompare(b, "en", { numeric: true });
	}

	/* Once: ascending; twice: descending; three times: as the page came. */
	function sortBy(table, heads, rows, column) {
		var old = heads[column].getAttribute("aria-sort");
		var now = old === "ascending" ? "descending" : old === "descending" ? null : "ascending";
		var sign = now === "descending" ? -1 : 1, body = table.tBodies[0];
		var order = rows.map(function (row, i) { return { row: row, i: i, key: keyOf(row, column) }; });
		if (now !== null)
			order.sort(function (a, b) { return compare(a.key, b.key, sign) || a.i - b.i; });
		heads.forEach(function (head) { head.removeAttribute("aria-sort"); });
		if (now !== null)
			heads[column].setAttribute("aria-sort", now);
		order.forEach(function (entry) { body.appendChild(entry.row); });
	}

	function makeSortable(table) {
		var heads = Array.from(table.tHead.rows[0].cells), rows = Array.from(table.tBodies[0].rows);
		heads.forEach(function (head, column) {
			var button = document.createElement("button");
			button.type = "button";
			while (head.firstChild)
				button.appendChild(head.firstChild);
			head.appendChild(button);
			button.addEventListener("click", function () { sortBy(table, heads, rows, column); });
		});
	}

	/* ---- filtering ---- */

	/* A control with its words, in the form. */
	function addControl(form, words, control) {
		var label = document.createElement("label");
		label.textContent = words;
		label.appendChild(control);
		form.appendChild(label);
		return control;
	}

	/* The texts of `values`, each once, in order. */
	function addChoice(form, words, values) {
		var select = document.createElement("select");
		select.appendChild(new Option("all", ""));
		Array.from(new Set(values)).forEach(function (value) { select.appendChild(new Option(value, value)); });
		return addControl(form, words, select);
	}

	function makeFilter(form, table) {
		var rows = Array.from(table.tBodies[0].rows), heads = Array.from(table.tHead.rows[0].cells);
		var texts = rows.map(function (row) { return row.textContent.toLowerCase(); });
		var search = document.createElement("input"), told = document.createElement("p"), clear;
		function valuesOf(name) {
			var column = heads.findIndex(function (head) { return head.textContent === name; });
			return rows.map(function (row) {
				return name === "Verdict" ? row.dataset.verdict : row.cells[column].textContent;
			});
		}
		search.type = "search";
		addControl(form, "Words", search);
		var choices = ["Lesson", "Variant", "Verdict"].map(function (name) {
			var values = valuesOf(name);
			return { select: addChoice(form, name, values), values: values };
		});
		function apply() {
			var words = search.value.toLowerCase().split(/\s+/), shown = 0;
			rows.forEach(function (row, i) {
				var fits = words.every(function (word) { return texts[i].includes(word); });
				choices.forEach(function (choice) {
					var wanted = choice.select.value;
					fits = fits && (wanted === "" || wanted === choice.values[i]);
				});
				row.hidden = !fits;
				shown += fits;
			});
			told.textContent = shown + " of " + rows.length + " rows";
		}
		clear = document.createElement("button");
		clear.type = "reset";
		clear.textContent = "Show all";
		form.appendChild(clear);
		told.setAttribute("role", "status");
		form.appendChild(told);
		form.addEventListener("input", apply);
		form.addEventListener("reset", function () { setTimeout(apply, 0); });
		form.addEventListener("submit", function (event) { event.preventDefault(); });
		form.hidden = false;
		apply();
	}

	/* ---- on paper all is unfolded ---- */

	function unfold() {
		document.querySelectorAll("details:not([open])").forEach(function (details) {
			details.open = true;
			details.dataset.folded = "";
		});
	}

	function fold() {
		document.querySelectorAll("details[data-folded]").forEach(function (details) {
			details.open = false;
			delete details.dataset.folded;
		});
	}

	var form = document.getElementById("filter"), all = document.querySelector("#all table");
	if (form !== null && all !== null)
		makeFilter(form, all);
	document.querySelectorAll("table.sortable").forEach(makeSortable);
	window.addEventListener("beforeprint", unfold);
	window.addEventListener("afterprint", fold);
}());
