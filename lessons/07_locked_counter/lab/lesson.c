/* SPDX-License-Identifier: MIT */
/* lesson.c -- what the harness needs to know about this lab. */
#include "kernel.h"

#include <inttypes.h>

static size_t answer_bytes(const struct task *t)
{
	return sizeof(struct books) + t->n * sizeof(uint64_t);
}

/* What each account paid and got, by the outcomes alone: they say which transfers were done, in whatever order. */
struct flow { uint64_t paid, got; };

static bool add_up(const struct task *t, const struct books *b, struct flow *flow, FILE *why)
{
	const uint64_t sum = t->param[ACCOUNTS] * OPENING_BALANCE;

	for (uint64_t k = 0; k < t->n; k++) {
		const struct transfer order = transfer_of(t, k);
		const uint64_t outcome = b->outcome[k];
		if (is_audit(k) && outcome != sum) {
			fprintf(why, "operation %" PRIu64 ": expected that the audit finds %" PRIu64 ", found %" PRIu64,
				k, sum, outcome);
			return false;
		}
		if (!is_audit(k) && outcome != DONE && outcome != REFUSED) {
			fprintf(why, "operation %" PRIu64 ": expected done or refused, found %" PRIu64, k, outcome);
			return false;
		}
		flow[order.payer].paid += is_audit(k) ? 0 : outcome * order.amount;
		flow[order.payee].got += is_audit(k) ? 0 : outcome * order.amount;
	}
	return true;
}

/* Who could pay for this one after all that it ever paid, and without what it got, could pay at any moment. */
static bool refused_rightly(const struct task *t, const struct books *b, const struct flow *flow, FILE *why)
{
	for (uint64_t k = 0; k < t->n; k++) {
		const struct transfer order = transfer_of(t, k);
		if (is_audit(k) || b->outcome[k] == DONE || OPENING_BALANCE < flow[order.payer].paid + order.amount)
			continue;
		fprintf(why, "operation %" PRIu64 ": expected it to be done, since account %u always held %" PRIu64
			" or more, found it refused", k, order.payer, order.amount);
		return false;
	}
	return true;
}

static bool verify(const struct task *t, const void *answer, FILE *why)
{
	const struct books *b = answer;
	struct flow flow[MOST_ACCOUNTS] = { 0 };

	if (!add_up(t, b, flow, why) || !refused_rightly(t, b, flow, why))
		return false;
	for (unsigned i = 0; i < MOST_ACCOUNTS; i++) {
		uint64_t right = (i < t->param[ACCOUNTS] ? OPENING_BALANCE : 0) + flow[i].got - flow[i].paid;
		if (b->balance[i] != right) {
			fprintf(why, "account %u: expected %" PRIu64 " after the transfers that were done, found %"
				PRIu64, i, right, b->balance[i]);
			return false;
		}
	}
	return true;
}

static void show(const struct task *t, const void *answer, FILE *out)
{
	const struct books *b = answer;
	uint64_t sum = 0;

	for (unsigned i = 0; i < t->param[ACCOUNTS]; i++)
		sum += b->balance[i];
	fprintf(out, "%" PRIu64 " accounts hold %" PRIu64 "\n", t->param[ACCOUNTS], sum);
}

const struct lesson lesson = {
	.title = "Lab: bank",
	.unit = "operation",
	.source = "the lab of lesson 07",
	.n = 100, .n_max = 1000000,
	.waits = true,
	.params = {
		{ "seed", "", 1, 0, UINT32_MAX, .about = "draws who pays whom, and how much" },
		{ "accounts", "account", 64, 1, MOST_ACCOUNTS, .about = "accounts of the bank" },
		{ "papers_us", "us", 500, 0, 1000000, .about = "how long a transfer waits for the papers" },
	},
	.answer_bytes = answer_bytes,
	.verify = verify,
	.show = show,
	.variants = { "serial", "solution", "mine" },
};
