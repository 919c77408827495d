/* SPDX-License-Identifier: MIT */
/* fuzz_replay.c -- plays files once more that a fuzzer found: `fuzz_replay FILE...`, without libFuzzer.  Prints TAP. */
#include "bench/tests/fuzz/fuzz.h"

#include <stdio.h>
#include <stdlib.h>

static uint8_t *read_whole(const char *path, size_t *size)
{
	char *text = NULL;
	FILE *in = fopen(path, "re"), *out = open_memstream(&text, size);

	if (in == NULL || out == NULL) {
		fprintf(stderr, "fuzz_replay: cannot read %s\n", path);
		exit(1);
	}
	for (int c; (c = getc(in)) != EOF;)
		putc(c, out);
	fclose(in);
	fclose(out);
	return (uint8_t *)text;
}

int main(int argc, char **argv)
{
	LLVMFuzzerInitialize(&argc, &argv);
	printf("1..%d\n", argc - 1);
	for (int i = 1; i < argc; i++) {
		size_t size;
		uint8_t *data = read_whole(argv[i], &size);
		fflush(stdout);         /* so that the last line before a crash tells which one it was not */
		LLVMFuzzerTestOneInput(data, size);
		free(data);
		printf("ok %d - %s\n", i, argv[i]);
	}
	return argc > 1 ? 0 : 1;
}
