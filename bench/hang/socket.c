/* SPDX-License-Identifier: MIT */
/* socket.c -- the other end of a socket: by the kernel's socket diagnosis (unix), or by matching addresses (TCP). */
#include "bench/hang/wait.h"

#include <arpa/inet.h>
#include <inttypes.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <linux/unix_diag.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

enum { TCP_ESTABLISHED = 1, TCP_LISTEN = 10 };

/* The unix socket at the other end: its inode; 0: there is none; -1: not to be found, as in another network namespace.
 * *state as for TCP. */
static int64_t unix_peer(ino_t ino, int *state)
{
	struct { struct nlmsghdr head; struct unix_diag_req ask; } request = {
		{ sizeof request, SOCK_DIAG_BY_FAMILY, NLM_F_REQUEST, 1, 0 },
		{ .sdiag_family = AF_UNIX, .udiag_states = ~0u, .udiag_ino = (uint32_t)ino,
			.udiag_show = UDIAG_SHOW_PEER, .udiag_cookie = { ~0u, ~0u } }
	};
	union { struct nlmsghdr head; char bytes[4096]; } answer;
	int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_SOCK_DIAG);
	int64_t peer = -1;

	if (fd < 0)
		return -1;
	ssize_t got = send(fd, &request, sizeof request, 0) < 0 ? -1 : recv(fd, &answer, sizeof answer, 0);
	close(fd);
	if (got < (ssize_t)sizeof answer.head || answer.head.nlmsg_type != SOCK_DIAG_BY_FAMILY)
		return -1;
	const struct unix_diag_msg *about = NLMSG_DATA(&answer.head);
	*state = about->udiag_state;
	peer = 0;
	size_t left = answer.head.nlmsg_len - NLMSG_LENGTH(sizeof *about);
	for (const char *at = (const char *)(about + 1); left >= sizeof(struct nlattr);) {
		const struct nlattr *attribute = (const void *)at;
		if (attribute->nla_type == UNIX_DIAG_PEER)
			peer = *(const uint32_t *)(const void *)(at + sizeof *attribute);
		size_t length = NLA_ALIGN(attribute->nla_len);
		if (length < sizeof *attribute || length > left)
			break;
		at += length;
		left -= length;
	}
	return peer;
}

struct tcp { char here[40], there[40]; int state; uint64_t ino; };

/* The line that `at` points into.  A copy: sscanf() would look for the end of the whole table first. */
static bool tcp_line(const char *table, const char *at, struct tcp *s)
{
	char line[256];

	while (at > table && at[-1] != '\n')
		at--;
	snprintf(line, sizeof line, "%.*s", (int)strcspn(at, "\n"), at);
	return sscanf(line, " %*d: %39s %39s %x %*s %*s %*s %*s %*s %" SCNu64, s->here, s->there,
		(unsigned *)&s->state, &s->ino) == 4;
}

/* The line of `table` with that inode, or, ino 0, that looks from `of` to us.  There may be tens of thousands, of
 * connections that have ended: what all others cannot hold is looked for first. */
static bool tcp_find(const char *table, uint64_t ino, const struct tcp *of, struct tcp *out)
{
	char words[96];

	if (ino)
		snprintf(words, sizeof words, " %" PRIu64 " ", ino);
	else
		snprintf(words, sizeof words, " %s %s ", of->there, of->here);
	for (const char *at = strstr(table, words); at; at = strstr(at + 1, words))
		if (tcp_line(table, at, out) && (ino ? out->ino == ino
			: strcmp(out->here, of->there) == 0 && strcmp(out->there, of->here) == 0))
			return true;
	return false;
}

/* "0100007F:1F90" as 127.0.0.1:8080; one of IPv6 by its port alone. */
static void tcp_name(const char *hex, char *name, size_t size)
{
	const char *colon = strchr(hex, ':');
	unsigned port = colon ? (unsigned)strtoul(colon + 1, NULL, 16) : 0;
	struct in_addr address = { (in_addr_t)strtoul(hex, NULL, 16) };

	if (colon && colon - hex == 8)
		snprintf(name, size, "TCP %s:%u", inet_ntoa(address), port);
	else
		snprintf(name, size, "TCP port %u", port);
}

/* The other end of a TCP connection: as unix_peer().  False where it is no TCP socket. */
static bool tcp_peer(struct thread *t, ino_t ino, int64_t *peer, int *state)
{
	static const char *const tables[] = { "net/tcp", "net/tcp6" };
	struct tcp own = { 0 }, other;
	bool found = false;

	for (unsigned i = 0; i < 2 && !found; i++) {
		char **table = &t->process->tcp[i];
		if (!*table)
			*table = look_read(t->process->pid, "%s", tables[i]);
		if (*table && tcp_find(*table, ino, NULL, &own)) {
			found = true;
			*state = own.state;
			*peer = tcp_find(*table, 0, &own, &other) ? (int64_t)other.ino : -1;
			tcp_name(own.state == TCP_LISTEN ? own.here : own.there, t->wait.on, sizeof t->wait.on);
		}
	}
	return found;
}

void wait_socket(struct look *l, struct thread *t, const struct file *f)
{
	int state = 0;
	int64_t peer = unix_peer(f->ino, &state);
	bool known = peer >= 0 || tcp_peer(t, f->ino, &peer, &state);

	if (!known || !t->wait.on[0])
		snprintf(t->wait.on, sizeof t->wait.on, "socket %" PRIu64, (uint64_t)f->ino);
	if (!known)
		snprintf(t->wait.note, sizeof t->wait.note, "the kernel does not tell its other end%s",
			t->wait.fd >= 0 ? " (it is of another network namespace, or of a kind without one)" : "");
	if (state == TCP_LISTEN || peer <= 0) {
		t->wait.outside = true;
		return;
	}
	const struct file other = { .type = S_IFSOCK, .dev = f->dev, .ino = (ino_t)peer };
	wait_holders(l, t, &other, false, true);
}
