# The only makefile.  A lesson is found because its folder has a lesson.c, a variant because its file lies beside it.
# `make help` lists the targets; B=elsewhere CC=clang SAN=thread makes another build beside the first; V=1 is verbose.

CC     ?= cc
B      ?= build
SAN    ?=
SHELL  := bash
Q      := $(if $(V),,@)
say     = $(if $(V),,@echo '  $1  $@')

# ?= so that packagers and students may bring their own; what the code relies on is in FLAGS.  Why loops are aligned:
# three instructions that straddle a cache line take twice as long, and variants would differ by that accident.
CFLAGS ?= -O2 -g
FLAGS  := -std=c17 -D_GNU_SOURCE -I. -pthread -MMD -MP \
          -falign-loops=64 -falign-functions=64 \
          -Wall -Wextra -Wshadow -Wmissing-prototypes -Wstrict-prototypes -Wconversion -Wvla \
          -Wno-missing-field-initializers
ifneq ($(SAN),)
FLAGS  += -fsanitize=$(SAN) -fno-sanitize-recover=all -fno-omit-frame-pointer
endif

lessons  := $(patsubst %/lesson.c,%,$(wildcard lessons/*/lesson.c bench/*/lesson.c bench/tests/lessons/*/lesson.c))
variants := $(filter-out %/lesson.c,$(foreach l,$(lessons),$(wildcard $l/*.c)))
programs := $(variants:%.c=$B/%)
unit     := $(patsubst %.c,$B/%,$(wildcard bench/tests/test_*.c))

trial    := $(patsubst %.c,$B/%.o,bench/base/check.c bench/base/text.c $(wildcard bench/trial/*.c))
shared   := $(patsubst %.c,$B/%.o,$(wildcard lessons/lib/*.c))
rooms    := $(patsubst %.c,$B/%.o,$(foreach room,base place run report command,$(wildcard bench/$(room)/*.c)))

# The documents' own programs: one file, three names that say how it works, and the module that it finds beside itself.
originals := $(foreach l,$(lessons),$(if $(wildcard $l/original.py),$(addprefix $B/$l/,original.py python_serial \
             python_threads python_processes)))

all: $B/manyhands $(programs) $(originals)      ## build the command and every variant

$B/manyhands: $B/bench/main.o $(rooms)
	$(call say,LD)
	$(Q)$(CC) $(CFLAGS) $(FLAGS) -o $@ $^ -lhwloc -ljansson -lm

# openmp*.c, and nothing else, is built and linked with OpenMP: an idle libgomp already makes fork() dearer, and a used
# one makes it unsafe.
$(foreach v,$(filter %/openmp,$(programs)) $(foreach p,$(programs),$(if $(findstring /openmp_,$p),$p)),$v $v.o): \
	private FLAGS += -fopenmp

# Named shared memory is made under the trial's eyes: see bench/trial/names.h.  And every call is resolved at the start:
# resolved at its first use, it would be resolved anew in each forked child (45 us of a fork of 200 us, here).
LINK := -Wl,--wrap=shm_open -Wl,--wrap=sem_open -Wl,-z,now

# One program per variant: its file, its folder's lesson.o, the trial, what it uses of lessons/lib, and the libraries
# that its folder's file `libs` names, if there is one.
.SECONDEXPANSION:
$(programs): $B/%: $B/%.o $$(dir $$@)lesson.o $B/trial.a $B/lib.a
	$(call say,LD)
	$(Q)$(CC) $(CFLAGS) $(FLAGS) $(LINK) -o $@ $^ -lhwloc -lm $(file <$(*D)/libs)

$B/trial.a: $(trial)
$B/lib.a: $(shared)
$B/trial.a $B/lib.a:
	$(call say,AR)
	@rm -f $@
	$(Q)ar rcs $@ $^

# The interpreter itself stands in the first line, where there is one: env, or a shim of pyenv, would look for it in
# every trial anew.
$(filter %/original.py,$(originals)): lessons/lib/original.py
	@mkdir -p $(@D)
	$(Q)cp $< $@
$(filter %/python_serial,$(originals)): $B/%/python_serial: %/original.py $B/%/original.py
	$(call say,PY)
	$(Q)python=$$(python3 -c 'import sys; print(sys.executable)' 2>/dev/null) || python='/usr/bin/env python3'; \
		sed "1s|.*|#!$$python|" $< >$@ && chmod +x $@
$(filter %/python_threads %/python_processes,$(originals)): $$(dir $$@)python_serial
	$(Q)ln -sf python_serial $@

$(unit): $B/%: $B/%.o $B/units.a
	$(call say,LD)
	$(Q)$(CC) $(CFLAGS) $(FLAGS) $(LINK) -o $@ $^ -lcmocka -lhwloc -ljansson -lm
$B/units.a: $(filter-out $B/bench/trial/trial.o,$(rooms) $(trial) $(shared))
	$(call say,AR)
	@rm -f $@
	$(Q)ar rcs $@ $(sort $^)

# The readers of results folders under whatever clang's libFuzzer thinks of; FUZZ_TIME in seconds.  Findings and corpus
# stay in $B; what was mended goes to bench/tests/fuzz/golden, where `make test` plays it again.
FUZZ_TIME ?= 60
readers   := $(wildcard bench/report/*.c bench/base/*.c)

$B/fuzz_results: bench/tests/fuzz/fuzz_results.c bench/tests/fuzz/fuzz_mutate.c $(readers) \
		$(wildcard bench/tests/fuzz/*.h bench/report/*.h bench/base/*.h)
	@mkdir -p $(@D)
	$(call say,LD)
	$(Q)clang $(CFLAGS) $(filter-out -MMD -MP -falign-%,$(FLAGS)) -fsanitize=fuzzer,address,undefined \
		-fno-sanitize-recover=all -o $@ $(filter %.c,$^) -ljansson -lm

# The words of the format are those that the reader asks for.
$B/fuzz.dict: bench/report/read.c bench/report/export_trace.c
	$(Q)grep -ohE '"[a-z_]+"' $^ | tr -d '"' | sort -u | sed 's/.*/"\\"&\\""/' >$@

fuzz: all $B/fuzz_results $B/fuzz.dict  ## damaged results folders for the readers (FUZZ_TIME=600)
	bench/tests/fuzz/seeds $B $B/fuzz
	$B/fuzz_results -dict=$B/fuzz.dict -max_total_time=$(FUZZ_TIME) -timeout=20 -rss_limit_mb=4096 \
		-artifact_prefix=$B/fuzz- $B/fuzz

$B/fuzz_replay: $B/bench/tests/fuzz/fuzz_replay.o $B/bench/tests/fuzz/fuzz_results.o $B/units.a
	$(call say,LD)
	$(Q)$(CC) $(CFLAGS) $(FLAGS) -o $@ $^ -lhwloc -ljansson -lm
tests: $B/fuzz_replay

# What the command tells about itself.
$B/bench/main.o $B/bench/run/record.o: private FLAGS += -DSOURCE_FOLDER='"$(CURDIR)"'
$B/bench/run/record.o: private FLAGS += -DCOMPILER='"$(shell $(CC) --version | head -n 1), $(CFLAGS)"'

$B/%.o: %.c Makefile
	@mkdir -p $(@D)
	$(call say,CC)
	$(Q)$(CC) $(CFLAGS) $(FLAGS) -c -o $@ $<

# What to measure, for bench: make bench LESSON=pipe_eof WORKERS=1,2 SWEEP=message_bytes=4,64,1024 BUDGET=2m
LESSON  ?=
WORKERS ?=
BUDGET  ?= 5m
POLICY  ?=
VARIANTS ?=
SIZES   ?=
SWEEP   ?=
RUN     := $(strip $B/manyhands run $(LESSON) $(if $(WORKERS),--workers $(WORKERS)) $(if $(POLICY),--policy $(POLICY)) \
           $(if $(SIZES),--sizes $(SIZES)) $(if $(SWEEP),--sweep $(SWEEP)))

bench: all                 ## measure and draw (LESSON= WORKERS= SIZES= SWEEP= BUDGET=5m)
	$(RUN) --variants $(or $(VARIANTS),+python) --budget $(BUDGET)
bench-quick: all           ## the same in about a minute, less precisely
	$(RUN) $(if $(VARIANTS),--variants $(VARIANTS)) --quick
bench-goals: all           ## measure what manyhands promises of itself
	scripts/bench-goals $B

test: all tests            ## build every way, run every test
	scripts/test $B
tests: $(unit)

list show topo doctor selftest: all
list:                      ## the lessons and their variants
	@$B/manyhands list
show:                      ## what the documents printed, by every variant (LESSON=)
	@set -e; for l in $(or $(LESSON),$(notdir $(filter lessons/%,$(lessons)))); do $B/manyhands show $$l; echo; done
topo:                      ## this machine, and who would run where
	@$B/manyhands topo $(if $(POLICY),--policy $(POLICY))
doctor:                    ## is this machine fit to measure on
	@$B/manyhands doctor
selftest:                  ## does the method keep its promises on this machine
	@$B/manyhands selftest

clean:                     ## remove what make built; results stay
	rm -rf $B
help:                      ## this list
	@awk -F ':[^#]*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

.PHONY: all bench bench-quick bench-goals test tests fuzz list show topo doctor selftest clean help
.SECONDARY:
.DELETE_ON_ERROR:
-include $(shell find $B -name '*.d' 2>/dev/null)
