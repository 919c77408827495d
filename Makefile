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
          -Wall -Wextra -Wshadow -Wmissing-prototypes -Wstrict-prototypes -Wconversion -Wvla
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

all: $B/manyhands $(programs)   ## build the command and every variant

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

# One program per variant: its file, its folder's lesson.o, the trial, and what it uses of lessons/lib.
.SECONDEXPANSION:
$(programs): $B/%: $B/%.o $$(dir $$@)lesson.o $B/trial.a $B/lib.a
	$(call say,LD)
	$(Q)$(CC) $(CFLAGS) $(FLAGS) $(LINK) -o $@ $^ -lhwloc -lm

$B/trial.a: $(trial)
$B/lib.a: $(shared)
$B/trial.a $B/lib.a:
	$(call say,AR)
	@rm -f $@
	$(Q)ar rcs $@ $^

$(unit): $B/%: $B/%.o $B/units.a
	$(call say,LD)
	$(Q)$(CC) $(CFLAGS) $(FLAGS) $(LINK) -o $@ $^ -lcmocka -lhwloc -ljansson -lm
$B/units.a: $(filter-out $B/bench/trial/trial.o,$(rooms) $(trial) $(shared))
	$(call say,AR)
	@rm -f $@
	$(Q)ar rcs $@ $(sort $^)

# What the command tells about itself.
$B/bench/main.o $B/bench/run/record.o: private FLAGS += -DSOURCE_FOLDER='"$(CURDIR)"'
$B/bench/run/record.o: private FLAGS += -DCOMPILER='"$(shell $(CC) --version | head -n 1), $(CFLAGS)"'

$B/%.o: %.c Makefile
	@mkdir -p $(@D)
	$(call say,CC)
	$(Q)$(CC) $(CFLAGS) $(FLAGS) -c -o $@ $<

# A lesson and the numbers of workers, for bench: make bench LESSON=pipe_eof WORKERS=1,2 BUDGET=2m
LESSON  ?=
WORKERS ?=
BUDGET  ?= 5m
POLICY  ?=
RUN     := $(strip $B/manyhands run $(LESSON) $(if $(WORKERS),--workers $(WORKERS)) $(if $(POLICY),--policy $(POLICY)))

bench: all                 ## measure and draw (LESSON= WORKERS=1,2 POLICY= BUDGET=5m)
	$(RUN) --budget $(BUDGET)
bench-quick: all           ## the same in about a minute, less precisely
	$(RUN) --quick
bench-goals: all           ## measure the speed that manyhands promises, each goal with its figure
	scripts/bench-goals $B

test: all tests            ## build every way, run every test
	scripts/test $B
tests: $(unit)

list show topo doctor: all
list:                      ## the lessons and their variants
	@$B/manyhands list
show:                      ## what the documents printed, by every variant (LESSON=)
	@set -e; for l in $(or $(LESSON),$(notdir $(filter lessons/%,$(lessons)))); do $B/manyhands show $$l; echo; done
topo:                      ## this machine, and who would run where
	@$B/manyhands topo $(if $(POLICY),--policy $(POLICY))
doctor:                    ## is this machine fit to measure on
	@$B/manyhands doctor

clean:                     ## remove what make built; results stay
	rm -rf $B
help:                      ## this list
	@awk -F ':[^#]*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

.PHONY: all bench bench-quick bench-goals test tests list show topo doctor clean help
.SECONDARY:
.DELETE_ON_ERROR:
-include $(shell find $B -name '*.d' 2>/dev/null)
