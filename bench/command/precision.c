/* SPDX-License-Identifier: MIT */
/* precision.c -- the plan's cells, looked up in the summary of what was measured so far.  See precision.h. */
#include "bench/command/precision.h"

#include "bench/command/command.h"
#include "bench/run/measure.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>

/* As summary_cell.params: "name=value name=value", in the order of the card, as the rows keep it. */
static void params_text(const struct cell *cell, char *out, size_t size)
{
	size_t at = 0;

	out[0] = '\0';
	for (unsigned i = 0; i < cell->card->params && at < size; i++)
		at += (size_t)snprintf(out + at, size - at, "%s%s=%.15g", i ? " " : "", cell->card->param[i].name,
			(double)cell->param[i]);
}

/* NAN: nobody waits for it. */
static double halfwidth_of(const struct summary *s, const struct cell *cell)
{
	char params[512];

	if (cell->document || cell->variant == 0 || cell->left_out)
		return NAN;
	params_text(cell, params, sizeof params);
	const struct summary_cell *known = summary_find(s, cell->card->name, cell->card->variant[cell->variant].name,
		false, cell->workers, cell->n, params);
	const struct summary_measure *m = known ? &known->regime[SUMMARY_WARM] : NULL;
	if (m && (m->verdict == SUMMARY_FAILED || m->verdict == SUMMARY_NO_TIME || m->verdict == SUMMARY_NO_BASE))
		return NAN;
	return m && !isnan(m->halfwidth) ? m->halfwidth : (double)INFINITY;
}

int precision_read(void *precision, unsigned side, const char *folder, const struct plan *plan, double *halfwidth)
{
	struct summary **s = &((struct precision *)precision)->side[side];
	char why[SUMMARY_WHY];
	int error = *s ? summary_more(*s, why) : summary_read(folder, s, why);

	if (error < 0) {
		summary_free(*s);
		*s = NULL;
		return error;
	}
	for (unsigned c = 0; c < plan->count; c++)
		halfwidth[c] = halfwidth_of(*s, &plan->cell[c]);
	return 0;
}

void precision_free(struct precision *precision)
{
	for (int i = 0; i < 2; i++)
		summary_free(precision->side[i]);
	*precision = (struct precision){ 0 };
}

int trials_judge(const struct run_result *r, const char *where)
{
	const unsigned wrong = r->outcomes[OUTCOME_WRONG];
	const unsigned lost = r->outcomes[OUTCOME_DIED] + r->outcomes[OUTCOME_HUNG] + r->outcomes[OUTCOME_LEAKED];

	if (wrong > 0)
		return command_fail(EXIT_WRONG, "%u trial%s gave a wrong answer%s", wrong, wrong > 1 ? "s" : "", where);
	return lost == 0 ? EXIT_OK : command_fail(EXIT_ERROR, "%u trial%s died, hung or left something behind%s", lost,
		lost > 1 ? "s" : "", where);
}
