/* SPDX-License-Identifier: MIT */
/* manager_dict.c -- the manager's dict and Namespace: items in the order in which their keys came, and a table by hash
 * that tells where the item of a key stands.
 *
 * Invariant: every item with a key is in the table; slot[] has at least twice as many places as item[], so a search
 * comes to an empty one.  A deleted item is a hole (its key is NULL) until the next rebuild().
 */
#include "lessons/lib/manager_server.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct item {
	char *key;              /* NULL: a hole */
	int64_t value;
};

struct dict {
	struct object object;
	struct item *item;
	uint32_t *slot;         /* 1 + place in item[]; 0: empty */
	size_t room;            /* places in item[], a power of 2; slot[] has twice as many */
	size_t used, holes;     /* items [0, used), so many of them holes */
};

/* FNV-1a */
static uint64_t hash(const char *key)
{
	uint64_t h = 0xcbf29ce484222325u;

	for (; *key; key++)
		h = (h ^ (unsigned char)*key) * 0x100000001b3u;
	return h ^ h >> 32;
}

/* The slot of the key's item, or the empty one where it would stand. */
static uint32_t *seek(const struct dict *dict, const char *key)
{
	const size_t mask = 2 * dict->room - 1;
	size_t i = hash(key) & mask;

	for (; dict->slot[i] != 0; i = (i + 1) & mask) {
		const struct item *item = &dict->item[dict->slot[i] - 1];
		if (item->key && strcmp(item->key, key) == 0)
			break;
	}
	return &dict->slot[i];
}

static struct item *look_up(const struct dict *dict, const char *key)
{
	uint32_t slot = *seek(dict, key);

	return slot == 0 ? NULL : &dict->item[slot - 1];
}

/* The same items without the holes, in so much room. */
static bool rebuild(struct dict *dict, size_t room)
{
	struct dict next = { .object = dict->object, .room = room };

	next.item = malloc(room * sizeof *next.item);
	next.slot = calloc(2 * room, sizeof *next.slot);
	if (!next.item || !next.slot) {
		free(next.item);
		free(next.slot);
		return false;
	}
	for (size_t i = 0; i < dict->used; i++)
		if (dict->item[i].key) {
			next.item[next.used++] = dict->item[i];
			*seek(&next, dict->item[i].key) = (uint32_t)next.used;
		}
	free(dict->item);
	free(dict->slot);
	*dict = next;
	return true;
}

/* The key's item, made if there is none; NULL: no memory. */
static struct item *put(struct dict *dict, const char *key, int64_t value)
{
	struct item *item = look_up(dict, key);

	if (item)
		return item;
	if (dict->used == dict->room && !rebuild(dict, dict->holes > dict->room / 2 ? dict->room : 2 * dict->room))
		return NULL;
	item = &dict->item[dict->used];
	item->key = strdup(key);
	if (!item->key)
		return NULL;
	item->value = value;
	*seek(dict, key) = (uint32_t)++dict->used;
	return item;
}

static void take_out(struct dict *dict, struct item *item)
{
	free(item->key);
	item->key = NULL;  /* its slot stays taken, or the search for others would end there */
	dict->holes++;
}

/* NULL, with the client told, where the body is not one string. */
static const char *key_of(struct peer *peer, const struct asked *asked)
{
	if (asked->bytes > 0 && strnlen(asked->body, asked->bytes) == asked->bytes - 1)
		return asked->body;
	peer_answer(peer, -EINVAL, 0);
	return NULL;
}

/* ---- methods ---- */

static struct object *make(struct server *server, const struct asked *asked, int *error)
{
	struct dict *dict = calloc(1, sizeof *dict);

	(void)server, (void)asked, (void)error;
	if (dict && !rebuild(dict, 8)) {
		free(dict);
		return NULL;
	}
	return (struct object *)dict;
}

static void empty(struct dict *dict)
{
	for (size_t i = 0; i < dict->used; i++)
		free(dict->item[i].key);
	memset(dict->slot, 0, 2 * dict->room * sizeof *dict->slot);
	dict->used = dict->holes = 0;
}

static int free_dict(struct object *object)
{
	struct dict *dict = (struct dict *)object;

	empty(dict);
	free(dict->item);
	free(dict->slot);
	free(dict);
	return 0;
}

static void get(struct peer *peer, struct object *object, const struct asked *asked)
{
	const char *key = key_of(peer, asked);
	const struct item *item = key ? look_up((struct dict *)object, key) : NULL;

	if (key)
		peer_answer(peer, item ? 0 : -ENOENT, item ? item->value : 0);
}

static void set(struct peer *peer, struct object *object, const struct asked *asked)
{
	const char *key = key_of(peer, asked);
	struct item *item = key ? put((struct dict *)object, key, asked->a) : NULL;

	if (item)
		item->value = asked->a;
	if (key)
		peer_answer(peer, item ? 0 : -ENOMEM, 0);
}

static void setdefault(struct peer *peer, struct object *object, const struct asked *asked)
{
	const char *key = key_of(peer, asked);
	const struct item *item = key ? put((struct dict *)object, key, asked->a) : NULL;

	if (key)
		peer_answer(peer, item ? 0 : -ENOMEM, item ? item->value : 0);
}

static void pop(struct peer *peer, struct object *object, const struct asked *asked)
{
	const char *key = key_of(peer, asked);
	struct item *item = key ? look_up((struct dict *)object, key) : NULL;
	int64_t value = item ? item->value : 0;

	if (item)
		take_out((struct dict *)object, item);
	if (key)
		peer_answer(peer, item ? 0 : -ENOENT, value);
}

/* The key of the packed item at *at, *at moved behind it; NULL: what stands there is none. */
static const char *unpack(const struct asked *asked, size_t *at, int64_t *value)
{
	const char *body = asked->body, *key = body + *at + sizeof(struct packed);
	struct packed packed;

	if (asked->bytes - *at < sizeof packed)
		return NULL;
	memcpy(&packed, body + *at, sizeof packed);
	*at += sizeof packed;
	if (packed.key_bytes == 0 || packed.key_bytes > asked->bytes - *at ||
	    strnlen(key, packed.key_bytes) != packed.key_bytes - 1)
		return NULL;
	*at += packed.key_bytes;
	*value = packed.value;
	return key;
}

/* All or nothing, but for want of memory: the body is checked before the first item is put. */
static void update(struct peer *peer, struct object *object, const struct asked *asked)
{
	int64_t value;

	for (size_t at = 0; at < asked->bytes;)
		if (!unpack(asked, &at, &value)) {
			peer_answer(peer, -EINVAL, 0);
			return;
		}
	for (size_t at = 0; at < asked->bytes;) {
		const char *key = unpack(asked, &at, &value);
		struct item *item = put((struct dict *)object, key, value);
		if (!item) {
			peer_answer(peer, -ENOMEM, 0);
			return;
		}
		item->value = value;
	}
	peer_answer(peer, 0, 0);
}

static void len(struct peer *peer, struct object *object, const struct asked *asked)
{
	const struct dict *dict = (struct dict *)object;

	(void)asked;
	peer_answer(peer, 0, (int64_t)(dict->used - dict->holes));
}

static void clear(struct peer *peer, struct object *object, const struct asked *asked)
{
	(void)asked;
	empty((struct dict *)object);
	peer_answer(peer, 0, 0);
}

static size_t packed_bytes(const struct dict *dict)
{
	size_t bytes = 0;

	for (size_t i = 0; i < dict->used; i++)
		if (dict->item[i].key)
			bytes += sizeof(struct packed) + strlen(dict->item[i].key) + 1;
	return bytes;
}

static void items(struct peer *peer, struct object *object, const struct asked *asked)
{
	const struct dict *dict = (struct dict *)object;
	size_t bytes = packed_bytes(dict);
	char *body = malloc(bytes + 1), *to = body;

	(void)asked;
	if (!body) {
		peer_answer(peer, -ENOMEM, 0);
		return;
	}
	for (size_t i = 0; i < dict->used; i++) {
		const struct item *item = &dict->item[i];
		if (!item->key)
			continue;
		struct packed packed = { item->value, (uint32_t)strlen(item->key) + 1 };
		memcpy(to, &packed, sizeof packed);
		memcpy(to + sizeof packed, item->key, packed.key_bytes);
		to += sizeof packed + packed.key_bytes;
	}
	peer_answer_with(peer, (int64_t)(dict->used - dict->holes), body, bytes);
	free(body);
}

static method *const methods[] = {
	[DICT_GET] = get, [DICT_SET] = set, [DICT_SETDEFAULT] = setdefault, [DICT_POP] = pop, [DICT_UPDATE] = update,
	[DICT_LEN] = len, [DICT_CLEAR] = clear, [DICT_ITEMS] = items,
};
const struct type manager_dict_type = {
	.make = make, .free = free_dict, .methods = methods, .count = DICT_METHODS,
	.quiet = 1u << DICT_SET | 1u << DICT_UPDATE | 1u << DICT_CLEAR,
};
