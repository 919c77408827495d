/* SPDX-License-Identifier: MIT */
/* test_io_wait.c -- the web server that lessons wait for: what it answers, whom it refuses, and what disturbs nobody.
 *
 * The client is this file's own, byte by byte, since a real one would not send what is sent here.  No case asserts a
 * time; one that is late is killed by its alarm.  After each case no child and no descriptor may be left.
 */
#include "lessons/lib/http_server.h"

#include <arpa/inet.h>
#include <dirent.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

enum { DEADLINE_S = 60, PAGES = 10, CROWD = 200, LONG_PAGE = 1 << 23, NEVER_MS = 3600000 };

static unsigned descriptors_before;

static unsigned entries(const char *path)
{
	unsigned count = 0;
	DIR *dir = opendir(path);

	assert_non_null(dir);
	while (readdir(dir))
		count++;
	closedir(dir);
	return count - 2;
}

static int before(void **state)
{
	(void)state;
	alarm(DEADLINE_S);
	descriptors_before = entries("/proc/self/fd");
	return 0;
}

static int after(void **state)
{
	(void)state;
	assert_int_equal(entries("/proc/self/fd"), descriptors_before);
	assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
	assert_int_equal(errno, ECHILD);
	alarm(0);
	return 0;
}

/* fork(), for a child that does not outlive this test, however that ends. */
static pid_t child(void)
{
	pid_t pid = fork();

	assert_true(pid >= 0);
	if (pid == 0)
		prctl(PR_SET_PDEATHSIG, SIGKILL);
	return pid;
}

/* ---- a site: page k is "page k\n", but for the last, which is long ---- */

static size_t write_page(const void *arg, uint64_t page, char *text)
{
	const size_t *long_page = arg;

	if (page < PAGES - 1)
		return (size_t)sprintf(text, "page %d\n", (int)page);
	memset(text, 'x', *long_page);
	return *long_page;
}

static struct http_server start(unsigned delay_ms)
{
	static const size_t long_page = LONG_PAGE;
	struct http_server server;

	http_server_start(&server, &(struct http_site){ PAGES, delay_ms, LONG_PAGE, write_page, &long_page });
	return server;
}

/* ---- a client ---- */

static int dial(uint16_t port, const char *address)
{
	struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons(port) };
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	assert_true(fd >= 0);
	assert_int_equal(inet_pton(AF_INET, address, &to.sin_addr), 1);
	if (connect(fd, (struct sockaddr *)&to, sizeof to) == 0)
		return fd;
	close(fd);
	return -1;
}

static int call(const struct http_server *server)
{
	int fd = dial(server->port, "127.0.0.1");

	assert_true(fd >= 0);
	return fd;
}

static void say(int fd, const char *text)
{
	assert_int_equal(send(fd, text, strlen(text), MSG_NOSIGNAL), strlen(text));
}

#define GET(page) "GET /page/" #page " HTTP/1.1\r\nHost: here\r\n\r\n"

/* Reads one response; its text (at most size - 1 bytes of it) goes to `text`.  Returns its status; 0: end of file, or
 * the connection was reset, before a whole one came. */
static int hear(int fd, char *text, size_t size)
{
	char head[1024];
	size_t got = 0, bytes = 0;
	char *field;
	int status;

	for (head[0] = '\0'; !strstr(head, "\r\n\r\n"); head[++got] = '\0') {
		assert_true(got < sizeof head - 1);
		if (recv(fd, head + got, 1, 0) <= 0)
			return 0;
	}
	assert_int_equal(sscanf(head, "HTTP/1.1 %d ", &status), 1);
	field = strstr(head, "\r\nContent-Length: ");
	assert_non_null(field);
	bytes = strtoul(field + strlen("\r\nContent-Length: "), NULL, 10);
	assert_non_null(strstr(head, "\r\nDate: "));
	for (size_t done = 0; done < bytes;) {
		char piece[4096];
		ssize_t part = recv(fd, piece, bytes - done < sizeof piece ? bytes - done : sizeof piece, 0);
		if (part <= 0)
			return 0;
		if (done < size - 1)
			memcpy(text + done, piece, (size_t)part < size - 1 - done ? (size_t)part : size - 1 - done);
		done += (size_t)part;
	}
	text[bytes < size - 1 ? bytes : size - 1] = '\0';
	return status;
}

static void hears_page(int fd, unsigned page)
{
	char text[64], right[64];

	assert_int_equal(hear(fd, text, sizeof text), 200);
	snprintf(right, sizeof right, "page %u\n", page);
	assert_string_equal(text, right);
}

/* The other side has closed, or reset, the connection. */
static void hears_end(int fd)
{
	char byte;

	assert_true(recv(fd, &byte, 1, 0) <= 0);
	close(fd);
}

/* Still there, still right, for somebody new. */
static void still_serves(const struct http_server *server)
{
	int fd = call(server);

	say(fd, GET(3));
	hears_page(fd, 3);
	close(fd);
}

/* ---- what it answers ---- */

static void test_one_connection_many_requests(void **state)
{
	struct http_server server = start(0);
	int fd = call(&server);

	(void)state;
	for (unsigned i = 0; i < 100; i++) {
		say(fd, GET(4));
		hears_page(fd, 4);
	}
	close(fd);
	http_server_stop(&server);
}

static void test_requests_before_their_answers(void **state)
{
	struct http_server server = start(2);
	int fd = call(&server);

	(void)state;
	say(fd, GET(0) GET(1) GET(2) "GET /page/3 HT");
	hears_page(fd, 0);
	hears_page(fd, 1);
	say(fd, "TP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n");
	hears_page(fd, 2);
	hears_page(fd, 3);
	hears_end(fd);
	http_server_stop(&server);
}

static void test_old_clients_are_answered_and_left(void **state)
{
	struct http_server server = start(0);
	int fd = call(&server);

	(void)state;
	say(fd, "GET /page/1 HTTP/1.0\r\n\r\n");
	hears_page(fd, 1);
	hears_end(fd);
	fd = call(&server);
	say(fd, GET(2));
	shutdown(fd, SHUT_WR);  /* has said all, and wants to hear */
	hears_page(fd, 2);
	hears_end(fd);
	http_server_stop(&server);
}

static void test_delay_is_kept(void **state)
{
	struct http_server server = start(30);
	struct timespec begin, end;
	int fd = call(&server);

	(void)state;
	clock_gettime(CLOCK_MONOTONIC, &begin);
	say(fd, GET(1));
	hears_page(fd, 1);
	clock_gettime(CLOCK_MONOTONIC, &end);
	assert_true((end.tv_sec - begin.tv_sec) * 1000000000 + end.tv_nsec - begin.tv_nsec >= 30000000);
	close(fd);
	http_server_stop(&server);
}

/* A lab's pages, of which some fail: the connection bears more requests afterwards. */
static size_t write_or_fail(const void *arg, uint64_t page, char *text)
{
	return page == 1 ? HTTP_FAILS : write_page(arg, page, text);
}

static void test_page_that_fails(void **state)
{
	static const size_t long_page = 1;
	struct http_server server;
	char text[64];

	(void)state;
	http_server_start(&server, &(struct http_site){ PAGES, 1, LONG_PAGE, write_or_fail, &long_page });
	int fd = call(&server);
	say(fd, GET(0) GET(1) GET(2));
	hears_page(fd, 0);
	assert_int_equal(hear(fd, text, sizeof text), 503);
	assert_string_equal(text, "");
	hears_page(fd, 2);
	close(fd);
	http_server_stop(&server);
}

/* ---- whom it refuses ---- */

static void test_what_cannot_be_answered_has_a_status(void **state)
{
	static const struct { const char *request; int status; } refused[] = {
		{ "\r\n\r\n", 400 }, { "GET\r\n\r\n", 400 }, { "GET /page/1\r\n\r\n", 400 },
		{ "nonsense without a meaning\r\n\r\n", 400 }, { " /page/1 HTTP/1.1\r\nHost: h\r\n\r\n", 400 },
		{ "GET  /page/1 HTTP/1.1\r\nHost: h\r\n\r\n", 400 },
		{ "GET /page/1 HTTP/1.1 \r\nHost: h\r\n\r\n", 400 }, { "GET /page/1 HTTP/1.1\r\n\r\n", 400 },
		{ "GET /page/1 HTTP/1.1\r\nHost h\r\n\r\n", 400 },
		{ "GET /page/1 HTTP/1.1\r\nHost : h\r\n\r\n", 400 }, { "GET /page/1 HTTP/1.1\r\n: h\r\n\r\n", 400 },
		{ "GET /page/1 HTTP/1.1\r\nHost: h\r\n folded: x\r\n\r\n", 400 },
		{ "GET /page/1 HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc", 400 },
		{ "GET /page/1 HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n", 400 },
		{ "GET /page/1 XTTP/1.1\r\nHost: h\r\n\r\n", 400 },
		{ "GET /page/1 HTTP/2.0\r\nHost: h\r\n\r\n", 505 },
		{ "GET /page/1 HTTP/1.12\r\nHost: h\r\n\r\n", 505 },
		{ "POST /page/1 HTTP/1.1\r\nHost: h\r\n\r\n", 405 },
		{ "get /page/1 HTTP/1.1\r\nHost: h\r\n\r\n", 405 }, { "GET / HTTP/1.1\r\nHost: h\r\n\r\n", 404 },
		{ "GET /page/ HTTP/1.1\r\nHost: h\r\n\r\n", 404 },
		{ "GET /page/10 HTTP/1.1\r\nHost: h\r\n\r\n", 404 },
		{ "GET /page/-1 HTTP/1.1\r\nHost: h\r\n\r\n", 404 },
		{ "GET /page/+1 HTTP/1.1\r\nHost: h\r\n\r\n", 404 },
		{ "GET /page/1x HTTP/1.1\r\nHost: h\r\n\r\n", 404 },
		{ "GET /page/../1 HTTP/1.1\r\nHost: h\r\n\r\n", 404 },
		{ "GET /page/18446744073709551617 HTTP/1.1\r\nHost: h\r\n\r\n", 404 },
	};
	struct http_server server = start(0);
	char text[64];

	(void)state;
	for (unsigned i = 0; i < sizeof refused / sizeof *refused; i++) {
		int fd = call(&server);
		say(fd, refused[i].request);
		int status = hear(fd, text, sizeof text);
		if (status != refused[i].status)
			fail_msg("status %d instead of %d for: %s", status, refused[i].status, refused[i].request);
		hears_end(fd);
	}
	still_serves(&server);
	http_server_stop(&server);
}

static void test_bytes_that_are_no_text(void **state)
{
	static const char nul[] = "GET /page/1 HTTP/1.1\r\nHost: h\0hidden\r\n\r\n";
	struct http_server server = start(0);
	char noise[3000], text[64];
	int fd = call(&server);

	(void)state;
	assert_int_equal(send(fd, nul, sizeof nul - 1, 0), sizeof nul - 1);
	assert_int_equal(hear(fd, text, sizeof text), 400);
	hears_end(fd);
	srand(14);
	for (unsigned round = 0; round < 50; round++) {
		for (size_t i = 0; i < sizeof noise; i++)
			noise[i] = (char)rand();
		memcpy(noise + sizeof noise - 4, "\r\n\r\n", 4);
		fd = call(&server);
		assert_int_equal(send(fd, noise, sizeof noise, MSG_NOSIGNAL), sizeof noise);
		assert_int_equal(hear(fd, text, sizeof text), 400);
		hears_end(fd);
	}
	still_serves(&server);
	http_server_stop(&server);
}

/* The answer must arrive, although the client still sends: it is not cut off before it has heard. */
static void test_head_without_end(void **state)
{
	struct http_server server = start(0);
	char line[1024], text[64];
	int fd = call(&server);

	(void)state;
	memset(line, 'x', sizeof line);
	say(fd, "GET /page/1 HTTP/1.1\r\nHost: ");
	for (unsigned i = 0; i < 32; i++)
		assert_int_equal(send(fd, line, sizeof line, MSG_NOSIGNAL), sizeof line);
	assert_int_equal(poll(&(struct pollfd){ .fd = fd, .events = POLLIN }, 1, -1), 1);
	for (unsigned i = 0; i < 32; i++) {
		usleep(500);  /* so that what it thinks of the last line has come back */
		assert_int_equal(send(fd, line, sizeof line, MSG_NOSIGNAL), sizeof line);
	}
	assert_int_equal(hear(fd, text, sizeof text), 431);
	hears_end(fd);
	fd = call(&server);
	for (unsigned i = 0; i < 1u << 20; i++)  /* one that never stops is not heard for ever */
		if (send(fd, line, sizeof line, MSG_NOSIGNAL) < 0)
			break;
	assert_true(errno == EPIPE || errno == ECONNRESET);
	close(fd);
	still_serves(&server);
	http_server_stop(&server);
}

/* ---- what disturbs nobody ---- */

static void test_slow_request(void **state)
{
	struct http_server server = start(0);
	int fd = call(&server);

	(void)state;
	for (const char *c = GET(5); *c; c++) {
		assert_int_equal(send(fd, c, 1, 0), 1);
		if (c[1] == '\0' || c[1] == '\n')
			still_serves(&server);
	}
	hears_page(fd, 5);
	close(fd);
	http_server_stop(&server);
}

static void test_silent_clients(void **state)
{
	struct http_server server = start(0);
	int fd[CROWD];

	(void)state;
	for (unsigned i = 0; i < CROWD; i++)
		fd[i] = call(&server);
	still_serves(&server);
	for (unsigned i = 0; i < CROWD; i++)
		close(fd[i]);
	still_serves(&server);
	http_server_stop(&server);
}

/* Asks for eight megabytes and does not read them. */
static void test_slow_reader(void **state)
{
	struct http_server server = start(0);
	char *text = malloc(LONG_PAGE + 1);
	int fd = call(&server);

	(void)state;
	assert_non_null(text);
	say(fd, GET(9));
	for (unsigned i = 0; i < 20; i++)
		still_serves(&server);
	assert_int_equal(hear(fd, text, LONG_PAGE + 1), 200);
	assert_int_equal(strspn(text, "x"), LONG_PAGE);
	free(text);
	say(fd, GET(1));
	hears_page(fd, 1);
	close(fd);
	http_server_stop(&server);
}

static void test_aborted_requests(void **state)
{
	static const char request[] = GET(9);
	struct http_server server = start(1);
	const struct linger at_once = { 1, 0 };

	(void)state;
	for (size_t bytes = 0; bytes < sizeof request; bytes++)
		for (unsigned reset = 0; reset < 2; reset++) {
			int fd = call(&server);
			assert_int_equal(send(fd, request, bytes, 0), bytes);
			if (reset)
				setsockopt(fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
			if (bytes % 3 == 0)
				usleep(1500);  /* some while it answers */
			close(fd);
		}
	still_serves(&server);
	http_server_stop(&server);
}

/* In the queue of those that are due stand connections that are there no more. */
static void test_clients_gone_while_they_wait(void **state)
{
	struct http_server server = start(50);
	const struct linger at_once = { 1, 0 };
	int fd[CROWD];

	(void)state;
	for (unsigned round = 0; round < 2; round++) {
		for (unsigned i = 0; i < CROWD; i++) {
			fd[i] = call(&server);
			say(fd[i], GET(1));
		}
		for (unsigned i = 0; i < CROWD; i += 1 + round) {
			setsockopt(fd[i], SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
			close(fd[i]);
		}
		for (unsigned i = 1; i < CROWD && round == 1; i += 2) {
			hears_page(fd[i], 1);
			close(fd[i]);
		}
		still_serves(&server);
	}
	http_server_stop(&server);
}

/* The first answer tells the server's kernel that the client is gone; the second may not end the server by SIGPIPE. */
static void test_client_gone_before_its_second_answer(void **state)
{
	struct http_server server = start(0);

	(void)state;
	still_serves(&server);
	for (unsigned round = 0; round < 10; round++) {
		int fd = call(&server);
		assert_int_equal(kill(server.pid, SIGSTOP), 0);
		say(fd, GET(1) GET(2) GET(3) GET(4));
		close(fd);
		assert_int_equal(kill(server.pid, SIGCONT), 0);
		still_serves(&server);
	}
	http_server_stop(&server);
}

static void test_client_killed_in_the_middle(void **state)
{
	struct http_server server = start(1);

	(void)state;
	for (unsigned round = 0; round < 30; round++) {
		int told[2];
		char byte;
		assert_int_equal(pipe(told), 0);
		pid_t pid = child();
		if (pid == 0) {
			int fd = call(&server);
			say(fd, round % 2 ? GET(9) GET(9) : "GET /page/9 HT");
			if (write(told[1], "", 1) == 1)
				pause();
			_exit(1);
		}
		assert_int_equal(read(told[0], &byte, 1), 1);
		usleep(round * 100);
		assert_int_equal(kill(pid, SIGKILL), 0);
		assert_int_equal(waitpid(pid, NULL, 0), pid);
		close(told[0]);
		close(told[1]);
	}
	still_serves(&server);
	http_server_stop(&server);
}

static unsigned server_entries(const struct http_server *server, const char *what)
{
	char path[64];

	snprintf(path, sizeof path, "/proc/%d/%s", (int)server->pid, what);
	return entries(path);
}

/* All ask before anybody hears; and the server has not a thread more for it. */
static void test_many_at_once(void **state)
{
	struct http_server server = start(20);
	unsigned threads_before;
	int fd[CROWD];

	(void)state;
	still_serves(&server);
	threads_before = server_entries(&server, "task");
	for (unsigned i = 0; i < CROWD; i++) {
		char request[64];
		fd[i] = call(&server);
		snprintf(request, sizeof request, "GET /page/%u HTTP/1.1\r\nHost: h\r\n\r\n", i % (PAGES - 1));
		say(fd[i], request);
	}
	assert_int_equal(server_entries(&server, "task"), threads_before);
	for (unsigned i = CROWD; i-- > 0;)  /* in another order than they were asked */
		hears_page(fd[i], i % (PAGES - 1));
	for (unsigned i = 0; i < CROWD; i++)
		close(fd[i]);
	http_server_stop(&server);
}

/* Two who wait ten seconds each are not ten seconds apart: if they waited one after the other, the alarm would ring. */
static void test_delays_overlap(void **state)
{
	struct http_server server = start(200);
	int fd[CROWD * 2];

	(void)state;
	for (unsigned i = 0; i < CROWD * 2; i++) {  /* 80 s in all */
		fd[i] = call(&server);
		say(fd[i], GET(1));
	}
	for (unsigned i = 0; i < CROWD * 2; i++) {
		hears_page(fd[i], 1);
		close(fd[i]);
	}
	http_server_stop(&server);
}

/* A connection that finds no descriptor waits in line until another one is closed. */
static void test_server_out_of_descriptors(void **state)
{
	struct http_server server = start(0);
	int fd[20];

	(void)state;
	still_serves(&server);  /* so that it has raised its limit, and we lower it after that */
	assert_int_equal(prlimit(server.pid, RLIMIT_NOFILE, &(struct rlimit){ 16, 16 }, NULL), 0);
	for (unsigned i = 0; i < 20; i++) {
		fd[i] = call(&server);
		say(fd[i], GET(6));
	}
	for (unsigned i = 0; i < 20; i++) {
		hears_page(fd[i], 6);
		close(fd[i]);
	}
	still_serves(&server);
	http_server_stop(&server);
}

/* ---- who may call ---- */

static void test_listens_on_one_address_only(void **state)
{
	struct http_server server = start(0);
	char line[256], own[16];
	unsigned listeners = 0;
	FILE *table = fopen("/proc/net/tcp", "re");

	(void)state;
	assert_non_null(table);
	snprintf(own, sizeof own, ":%04X ", server.port);
	while (fgets(line, sizeof line, table))
		if (strstr(line, own) && strstr(line, " 00000000:0000 0A ")) {  /* 0A: LISTEN */
			listeners++;
			assert_non_null(strstr(line, "0100007F:"));
		}
	fclose(table);
	assert_int_equal(listeners, 1);
	assert_int_equal(dial(server.port, "127.0.0.2"), -1);
	assert_int_equal(errno, ECONNREFUSED);
	http_server_stop(&server);
}

/* ---- beginning and end ---- */

static void test_many_servers_one_after_the_other(void **state)
{
	(void)state;
	for (unsigned i = 0; i < 100; i++) {
		struct http_server server = start(0);
		if (i % 10 == 0)
			still_serves(&server);
		http_server_stop(&server);
	}
}

static void test_stop_in_the_middle_of_requests(void **state)
{
	struct http_server server = start(NEVER_MS);
	int fd[CROWD];

	(void)state;
	for (unsigned i = 0; i < CROWD; i++) {
		fd[i] = call(&server);
		say(fd[i], GET(1));
	}
	http_server_stop(&server);
	for (unsigned i = 0; i < CROWD; i++)
		hears_end(fd[i]);
	assert_int_equal(dial(server.port, "127.0.0.1"), -1);
}

/* A child that was made while the server ran has a copy of our end of its control. */
static void test_stop_while_a_child_lives(void **state)
{
	struct http_server server = start(0);
	pid_t pid = child();

	(void)state;
	if (pid == 0) {
		pause();
		_exit(0);
	}
	alarm(8);  /* it ends when it is told to, and not when patience ends, after 10 s */
	http_server_stop(&server);
	assert_int_equal(kill(pid, SIGKILL), 0);
	assert_int_equal(waitpid(pid, NULL, 0), pid);
}

/* Also while a child of the dead one lives, and with it a copy of its end of the control. */
static void test_no_server_outlives_its_killed_parent(void **state)
{
	(void)state;
	for (unsigned round = 0; round < 10; round++) {
		pid_t born[2];  /* the server and its brother */
		int told[2];
		assert_int_equal(pipe(told), 0);
		pid_t pid = child();
		if (pid == 0) {
			struct http_server server = start(0);
			born[0] = server.pid;
			born[1] = round % 2 ? fork() : -1;
			alarm(DEADLINE_S);  /* not its own parent's death: that is the point */
			if (born[1] != 0 && write(told[1], born, sizeof born) != sizeof born)
				_exit(1);
			pause();
			_exit(1);
		}
		assert_int_equal(read(told[0], born, sizeof born), sizeof born);
		struct pollfd ended = { .fd = (int)syscall(SYS_pidfd_open, born[0], 0), .events = POLLIN };
		assert_true(ended.fd >= 0);
		assert_int_equal(kill(pid, SIGKILL), 0);
		assert_int_equal(waitpid(pid, NULL, 0), pid);
		assert_int_equal(poll(&ended, 1, -1), 1);
		if (born[1] > 0)
			assert_int_equal(kill(born[1], SIGKILL), 0);
		close(ended.fd);
		close(told[0]);
		close(told[1]);
	}
}

static void test_server_that_died_is_reported(void **state)
{
	int status;
	pid_t pid = child();

	(void)state;
	if (pid == 0) {
		struct http_server server = start(0);
		close(2);
		kill(server.pid, SIGKILL);
		http_server_stop(&server);
		_exit(0);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 1);
}

#define CASE(test) cmocka_unit_test_setup_teardown(test, before, after)

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		CASE(test_one_connection_many_requests),
		CASE(test_requests_before_their_answers),
		CASE(test_old_clients_are_answered_and_left),
		CASE(test_delay_is_kept), CASE(test_page_that_fails),
		CASE(test_what_cannot_be_answered_has_a_status),
		CASE(test_bytes_that_are_no_text),
		CASE(test_head_without_end),
		CASE(test_slow_request),
		CASE(test_silent_clients),
		CASE(test_slow_reader),
		CASE(test_aborted_requests),
		CASE(test_clients_gone_while_they_wait),
		CASE(test_client_gone_before_its_second_answer),
		CASE(test_client_killed_in_the_middle),
		CASE(test_many_at_once),
		CASE(test_delays_overlap),
		CASE(test_server_out_of_descriptors),
		CASE(test_listens_on_one_address_only),
		CASE(test_many_servers_one_after_the_other),
		CASE(test_stop_in_the_middle_of_requests),
		CASE(test_stop_while_a_child_lives),
		CASE(test_no_server_outlives_its_killed_parent),
		CASE(test_server_that_died_is_reported),
	};

	if (argc > 1)
		cmocka_set_test_filter(argv[1]);  /* as in: test_io_wait '*killed*' */
	return cmocka_run_group_tests_name("io_wait", tests, NULL, NULL);
}
