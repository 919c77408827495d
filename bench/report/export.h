/* SPDX-License-Identifier: MIT */
/* export.h -- a results folder in the words of other tools.
 *
 *   csv        summary.csv, as csv.h describes it
 *   github     github-action-benchmark, tool customSmallerIsBetter: [{name, unit, value, range, extra}], in ns
 *              (https://github.com/benchmark-action/github-action-benchmark)
 *   bmf        Bencher Metric Format: {name: {measure: {value, lower_value, upper_value}}}; latency in ns, throughput
 *              in lesson.unit per second, speedup (https://bencher.dev/docs/reference/bencher-metric-format)
 *   trace      Trace Event Format, JSON object: one process per cell, one lane per worker, of the trial whose time is
 *              nearest the cell's median (https://ui.perfetto.dev, chrome://tracing)
 *   hyperfine  what `hyperfine --export-json` writes, seconds; a time is a block's.  user and system are null: they are
 *              known for whole trials only (https://github.com/sharkdp/hyperfine, src/benchmark/benchmark_result.rs)
 *
 * Only cells that have a time are told of (csv: all), and no number is NaN or infinite: an interval that does not exist
 * is left out.  A name says lesson/variant/size/p=WORKERS/n=N/regime, then /params: n is part of it because times of
 * different n are no series (`run --n` fixes it).  In lesson and variant / and % stand as %2F and %25, so that names
 * are unique whatever is in them.
 */
#ifndef BENCH_REPORT_EXPORT_H
#define BENCH_REPORT_EXPORT_H

#include "bench/report/summary.h"

#include <stdio.h>

enum export_format { EXPORT_CSV, EXPORT_GITHUB, EXPORT_BMF, EXPORT_TRACE, EXPORT_HYPERFINE, EXPORT_FORMATS };
extern const char *const export_format_name[EXPORT_FORMATS];

/* 0, or -errno and a sentence of SUMMARY_WHY bytes; what was written until then is no answer.  trace reads the folder's
 * samples.ndjson once more. */
int export_write(FILE *, const struct summary *, enum export_format, char *why);

/* Replaces the file at `path` by `text`: written beside, synced and renamed: there is the old one or the new one.
 * A symbolic link keeps pointing to it.  0, or -errno and a sentence, for a path that is a folder, a pipe or a device,
 * too. */
int export_save(const char *path, const char *text, size_t length, char *why);

#endif
