/* SPDX-License-Identifier: MIT */
/* symbol.c -- which variable lies at an address: the symbols of a program's ELF file, moved to where it was loaded.
 *
 * The file is whatever somebody runs: every offset in it is checked before it is followed.
 */
#include "bench/hang/symbol.h"

#include "bench/hang/look.h"

#include <elf.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LOCK_BYTES = 64 };  /* no lock of glibc is larger */

struct elf { const unsigned char *bytes; size_t size; };

static const void *part(const struct elf *e, uint64_t offset, uint64_t size)
{
	return offset <= e->size && size <= e->size - offset ? e->bytes + offset : NULL;
}

/* The table of symbols, and the section of its names; NULL: none that can be read. */
static const Elf64_Shdr *symbols_of(const struct elf *e, const Elf64_Shdr **names)
{
	const Elf64_Ehdr *head = part(e, 0, sizeof *head);

	if (!head || memcmp(head->e_ident, ELFMAG, SELFMAG) != 0 || head->e_ident[EI_CLASS] != ELFCLASS64
		|| head->e_shentsize != sizeof(Elf64_Shdr) || head->e_shoff % 8 != 0)
		return NULL;
	const Elf64_Shdr *section = part(e, head->e_shoff, head->e_shnum * sizeof *section);
	for (unsigned i = 0; section && i < head->e_shnum; i++)
		if (section[i].sh_type == SHT_SYMTAB && section[i].sh_link < head->e_shnum
			&& section[i].sh_offset % 8 == 0) {
			*names = &section[section[i].sh_link];
			return &section[i];
		}
	return NULL;
}

static void search(const struct elf *e, uint64_t place, char *text, size_t size)
{
	const Elf64_Shdr *names, *table = symbols_of(e, &names);
	const Elf64_Sym *symbol = table ? part(e, table->sh_offset, table->sh_size) : NULL;
	const char *name = table ? part(e, names->sh_offset, names->sh_size) : NULL;

	for (uint64_t i = 0; symbol && name && i < table->sh_size / sizeof *symbol; i++)
		if (ELF64_ST_TYPE(symbol[i].st_info) == STT_OBJECT && symbol[i].st_value <= place
			&& place - symbol[i].st_value < symbol[i].st_size && symbol[i].st_name < names->sh_size) {
			const int room = (int)strnlen(name + symbol[i].st_name, names->sh_size - symbol[i].st_name);
			snprintf(text, size, "%s `%.*s`", symbol[i].st_size > LOCK_BYTES ? " in" : "",
				room < 60 ? room : 60, name + symbol[i].st_name);
			return;
		}
}

/* Where the program's first byte was loaded: 0 for one that is not movable. */
static bool find_base(pid_t pid, const struct elf *e, uint64_t *base)
{
	const Elf64_Ehdr *head = part(e, 0, sizeof *head);
	char exe[256], *maps = look_read(pid, "maps");
	uint64_t offset;
	int at = 0;

	*base = 0;
	bool found = head && head->e_type == ET_EXEC;
	look_link(pid, "exe", exe, sizeof exe);
	for (const char *line = maps; line && *line && !found;
		line = strchr(line, '\n') ? strchr(line, '\n') + 1 : NULL)
		found = sscanf(line, "%" SCNx64 "-%*x %*s %" SCNx64 " %*s %*u %n", base, &offset, &at) == 2
			&& offset == 0 && exe[0] && strncmp(line + at, exe, strlen(exe)) == 0;
	free(maps);
	return found;
}

void symbol_at(pid_t pid, uint64_t address, char *text, size_t size)
{
	char path[64];
	struct stat about;
	uint64_t base;

	text[0] = '\0';
	snprintf(path, sizeof path, "/proc/%d/exe", pid);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0 || fstat(fd, &about) < 0 || about.st_size <= 0) {
		if (fd >= 0)
			close(fd);
		return;
	}
	struct elf e = { NULL, (size_t)about.st_size };
	void *bytes = mmap(NULL, e.size, PROT_READ, MAP_PRIVATE, fd, 0);
	close(fd);
	if (bytes == MAP_FAILED)
		return;
	e.bytes = bytes;
	if (find_base(pid, &e, &base) && address >= base)
		search(&e, address - base, text, size);
	munmap(bytes, e.size);
}
