/* SPDX-License-Identifier: MIT */
/* signal.c -- a process waits for a signal: anybody may send one.
 * says: for a signal, which any process may send
 */
#include "bench/tests/hangs/plant.h"

int main(void)
{
	pause();
}
