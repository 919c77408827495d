/* SPDX-License-Identifier: MIT */
/* loops.c -- NOT A HANG: a parent waits for a child that computes.
 * says: not hanging: process # computes (
 */
#include "bench/tests/hangs/plant.h"

int main(void)
{
	if (child() == 0)
		for (volatile unsigned long count = 0;; count++)
			;
	SYS(wait(NULL));
}
