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

# A lab is a lesson's folder `lab`, named by its settings file.  What is given is always built; answers (mine) only to
# be measured, and wrong ones by the grader alone.  $B/labs/NN_name leads to its programs: see bench/run/card.c.
labs      := $(wildcard lessons/*/lab/*.conf)
lab_links := $(foreach c,$(labs),$B/labs/$(firstword $(subst _, ,$(notdir $(patsubst %/lab/,%,$(dir \
             $c)))))_$(basename $(notdir $c)))
given     := $(patsubst %.c,$B/%,$(wildcard lessons/*/lab/serial.c lessons/*/lab/solution*.c))
mine      := $(patsubst %.c,$B/%,$(wildcard lessons/*/lab/mine*.c))
unit     := $(patsubst %.c,$B/%,$(wildcard bench/tests/test_*.c))
hangs    := $(patsubst %.c,$B/%,$(wildcard bench/tests/hangs/*.c))

trial    := $(patsubst %.c,$B/%.o,bench/base/check.c bench/base/text.c $(wildcard bench/trial/*.c))
shared   := $(patsubst %.c,$B/%.o,$(wildcard lessons/lib/*.c))
rooms    := $(patsubst %.c,$B/%.o,$(foreach room,base place hang run report grade command,\
            $(wildcard bench/$(room)/*.c)))

# The documents' own programs: one file, three names that say how it works, and the module that it finds beside itself.
originals := $(foreach l,$(lessons),$(if $(wildcard $l/original.py),$(addprefix $B/$l/,original.py python_serial \
             python_threads python_processes)))

all: $B/manyhands $B/confine $(programs) $(originals) $(given) $(lab_links) $B/words  ## build all that runs

$B/manyhands: $B/bench/main.o $(rooms)
	$(call say,LD)
	$(Q)$(CC) $(CFLAGS) $(FLAGS) -o $@ $^ -lhwloc -ljansson -lm

# What guards a sandbox from inside is a program of its own: the fewer lines, the better.
$B/confine: $B/bench/confine/confine.o
	$(call say,LD)
	$(Q)$(CC) $(CFLAGS) $(FLAGS) -o $@ $^

# openmp*.c, and nothing else, is built and linked with OpenMP: an idle libgomp already makes fork() dearer, and a used
# one makes it unsafe.  (In a lab: *openmp*.c.)
$(foreach v,$(filter %/openmp,$(programs)) $(foreach p,$(programs),$(if $(findstring /openmp_,$p),$p)) \
	$(foreach p,$(given) $(mine),$(if $(findstring openmp,$(notdir $p)),$p)),$v $v.o): \
	private FLAGS += -fopenmp

# Named shared memory is made under the trial's eyes: see bench/trial/names.h.  And every call is resolved at the start:
# resolved at its first use, it would be resolved anew in each forked child (45 us of a fork of 200 us, here).
LINK := -Wl,--wrap=shm_open -Wl,--wrap=sem_open -Wl,-z,now

# One program per variant: its file, its folder's lesson.o, the trial, what it uses of lessons/lib, and the libraries
# that its folder's file `libs` names, if there is one.
.SECONDEXPANSION:
$(programs) $(given) $(mine): $B/%: $B/%.o $$(dir $$@)lesson.o $B/trial.a $B/lib.a
	$(call say,LD)
	$(Q)$(CC) $(CFLAGS) $(FLAGS) $(LINK) -o $@ $^ -lhwloc -lm $(file <$(*D)/libs)

$(lab_links):
	@mkdir -p $(@D)
	$(Q)ln -sfn ../$(patsubst %/,%,$(dir $(filter lessons/$(firstword $(subst _, ,$(@F)))_%,$(labs)))) $@

# How the grader compiles and links an answer, a word a line: with the words that the lessons are built with.
$B/words: Makefile
	@mkdir -p $(@D)
	$(Q){ printf 'cc %s\n' $(CC); \
		printf 'compile %s\n' $(CFLAGS) $(filter-out -I. -MMD -MP,$(FLAGS)); \
		printf 'link %s\n' $(CFLAGS) $(filter-out -I. -MMD -MP,$(FLAGS)) $(LINK); \
		printf 'shake -Wl,--wrap=%s\n' $(SHAKE); \
		printf 'libs %s\n' -lhwloc -lm; } >$@
# Around these calls a graded answer is made to yield: bench/trial/interposed.c.
SHAKE := pthread_mutex_lock pthread_mutex_unlock pthread_cond_signal pthread_cond_broadcast pthread_cond_wait \
         pthread_create sem_wait sem_post fork

# What an answer is linked with, in a build that the grader asks for: make B=... SAN=... LAB=lessons/NN_name/lab
lab-parts: $B/trial.a $B/lib.a $B/words $(if $(LAB),$B/$(LAB)/lesson.o)

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

# Programs that hang, each in its own way, for the hang doctor to find out.
$(hangs): $B/%: $B/%.o $B/bench/base/check.o
	$(call say,LD)
	$(Q)$(CC) $(CFLAGS) $(FLAGS) -o $@ $^
tests: $(hangs)

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
MEASURE := $(strip $B/manyhands run $(LESSON) $(if $(WORKERS),--workers $(WORKERS)) $(if $(POLICY),--policy $(POLICY)) \
           $(if $(SIZES),--sizes $(SIZES)) $(if $(SWEEP),--sweep $(SWEEP)))

# An answer is built when its lab is named by its own name, as `run` knows it: primes or 02_primes.
bench bench-quick: $(patsubst %.c,$B/%,$(foreach c,$(labs),$(if $(filter $(basename $(notdir $c)) \
		%_$(basename $(notdir $c)),$(LESSON)),$(wildcard $(dir $c)mine*.c))))
bench: all                 ## measure and draw (LESSON= WORKERS= SIZES= SWEEP= BUDGET=5m)
	$(MEASURE) --variants $(or $(VARIANTS),+python) --budget $(BUDGET)
bench-quick: all           ## the same in about a minute, less precisely
	$(MEASURE) $(if $(VARIANTS),--variants $(VARIANTS)) --quick
bench-goals: all           ## measure what manyhands promises of itself
	scripts/bench-goals $B

# What was measured, again; RUN, a results folder, goes through the environment: its name may be anything.
charts report: export FOLDER := $(or $(RUN),results/latest)
OPEN    ?=

charts: $B/manyhands       ## draw the charts anew, without measuring (RUN=results/latest)
	@set -o pipefail; $B/manyhands report -- "$$FOLDER" | sed -n '/^The charts are not/,$$p'
	@ls -d "$$FOLDER/charts"
report: $B/manyhands       ## the tables again (RUN=results/latest); OPEN=1 opens report.html in the browser
	@$B/manyhands report -- "$$FOLDER"
	@$(if $(OPEN),scripts/show-page "$$FOLDER/report.html")
gallery: $B/manyhands      ## make the charts and figures on the pages from results/reference-* anew
	scripts/gallery $B

# A lab is named as a lesson is, or by its own name: make grade LESSON=primes.  SEED repeats what a seed did.
SEED ?=
lab grade hint watch: export ASKED := $(LESSON)
grade: export ASKED_SEED := $(SEED)
lab:                       ## begin a lab: its skeleton becomes mine.c (LESSON=primes)
	@scripts/lab start "$$ASKED"
grade: all                 ## is my answer right, every time, clean and fast (LESSON=primes SEED=)
	@$B/manyhands grade $(if $(SEED),--seed "$$ASKED_SEED") -- "$$ASKED" || [ $$? -eq 2 ]
hint:                      ## the next hint for a lab (LESSON=primes)
	@scripts/lab hint "$$ASKED"
watch: all                 ## grade again at each save (LESSON=primes)
	@scripts/lab watch "$$ASKED" $B
labs: $B/manyhands         ## all labs, and how far I am
	@$B/manyhands grade --list
test-labs: all             ## every wrong answer of every lab is caught, twenty times
	basename -as .conf lessons/*/lab/*.conf | xargs -P "$$(nproc)" -n 1 scripts/test-labs -n 20 $B

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

.PHONY: lab grade hint watch labs test-labs lab-parts
.PHONY: charts report gallery
.PHONY: all bench bench-quick bench-goals test tests fuzz list show topo doctor selftest clean help
.SECONDARY:
.DELETE_ON_ERROR:
-include $(shell find $B -name '*.d' 2>/dev/null)
