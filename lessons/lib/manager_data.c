/* SPDX-License-Identifier: MIT */
/* manager_data.c -- the manager's list, Value and Array: numbers in a row. */
#include "lessons/lib/manager_server.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

struct list {
	struct object object;
	char typecode;                  /* of a Value or an Array */
	int64_t *item;
	size_t len, room;
};

/* Places [*begin, *end) of the slice, as far as there is a list: as Python cuts it. */
static void cut(const struct list *list, const struct asked *asked, size_t *begin, size_t *end)
{
	const int64_t len = (int64_t)list->len;
	int64_t from = asked->a < 0 ? asked->a + len : asked->a, to = asked->b < 0 ? asked->b + len : asked->b;

	from = from < 0 ? 0 : from > len ? len : from;
	to = to < from ? from : to > len ? len : to;
	*begin = (size_t)from;
	*end = (size_t)to;
}

/* NULL, with the client told, where there is no such index. */
static int64_t *place(struct peer *peer, const struct list *list, int64_t index)
{
	if (index < 0)
		index += (int64_t)list->len;
	if (index >= 0 && index < (int64_t)list->len)
		return &list->item[index];
	peer_answer(peer, -ERANGE, 0);
	return NULL;
}

static bool make_room(struct list *list, size_t more)
{
	size_t room = list->room > 0 ? list->room : 8;
	int64_t *item;

	while (room < list->len + more)
		room *= 2;
	if (room == list->room)
		return true;
	item = realloc(list->item, room * sizeof *item);
	if (!item)
		return false;
	list->item = item;
	list->room = room;
	return true;
}

/* ---- list ---- */

static struct object *make_list(struct server *server, const struct asked *asked, int *error)
{
	(void)server, (void)asked, (void)error;
	return calloc(1, sizeof(struct list));
}

static int free_list(struct object *object)
{
	free(((struct list *)object)->item);
	free(object);
	return 0;
}

static void list_extend(struct peer *peer, struct object *object, const struct asked *asked)
{
	struct list *list = (struct list *)object;
	size_t more = asked->bytes / sizeof *list->item;

	if (asked->bytes % sizeof *list->item != 0) {
		peer_answer(peer, -EINVAL, 0);
	} else if (!make_room(list, more)) {
		peer_answer(peer, -ENOMEM, 0);
	} else {
		if (more > 0)
			memcpy(list->item + list->len, asked->body, asked->bytes);
		list->len += more;
		peer_answer(peer, 0, 0);
	}
}

static void list_append(struct peer *peer, struct object *object, const struct asked *asked)
{
	list_extend(peer, object, &(struct asked){ .body = &asked->a, .bytes = sizeof asked->a });
}

static void list_insert(struct peer *peer, struct object *object, const struct asked *asked)
{
	struct list *list = (struct list *)object;
	struct asked at = { .a = asked->a, .b = INT64_MAX };
	size_t begin, end;

	if (!make_room(list, 1)) {
		peer_answer(peer, -ENOMEM, 0);
		return;
	}
	cut(list, &at, &begin, &end);
	memmove(list->item + begin + 1, list->item + begin, (list->len - begin) * sizeof *list->item);
	list->item[begin] = asked->b;
	list->len++;
	peer_answer(peer, 0, 0);
}

static void list_get(struct peer *peer, struct object *object, const struct asked *asked)
{
	const int64_t *item = place(peer, (struct list *)object, asked->a);

	if (item)
		peer_answer(peer, 0, *item);
}

static void list_set(struct peer *peer, struct object *object, const struct asked *asked)
{
	int64_t *item = place(peer, (struct list *)object, asked->a);

	if (item) {
		*item = asked->b;
		peer_answer(peer, 0, 0);
	}
}

static int64_t take_out(struct list *list, size_t index)
{
	int64_t value = list->item[index];

	list->len--;
	memmove(list->item + index, list->item + index + 1, (list->len - index) * sizeof *list->item);
	return value;
}

static void list_pop(struct peer *peer, struct object *object, const struct asked *asked)
{
	struct list *list = (struct list *)object;
	const int64_t *item = place(peer, list, asked->a);

	if (item)
		peer_answer(peer, 0, take_out(list, (size_t)(item - list->item)));
}

static size_t index_of(const struct list *list, int64_t value)
{
	size_t i = 0;

	while (i < list->len && list->item[i] != value)
		i++;
	return i;
}

static void list_index(struct peer *peer, struct object *object, const struct asked *asked)
{
	struct list *list = (struct list *)object;
	size_t i = index_of(list, asked->a);

	peer_answer(peer, i < list->len ? 0 : -ENOENT, (int64_t)i);
}

static void list_remove(struct peer *peer, struct object *object, const struct asked *asked)
{
	struct list *list = (struct list *)object;
	size_t i = index_of(list, asked->a);
	bool found = i < list->len;

	if (found)
		take_out(list, i);
	peer_answer(peer, found ? 0 : -ENOENT, 0);
}

static void list_len(struct peer *peer, struct object *object, const struct asked *asked)
{
	(void)asked;
	peer_answer(peer, 0, (int64_t)((struct list *)object)->len);
}

static void list_slice(struct peer *peer, struct object *object, const struct asked *asked)
{
	struct list *list = (struct list *)object;
	size_t begin, end;

	cut(list, asked, &begin, &end);
	if (end - begin > MANAGER_ITEMS)
		peer_answer(peer, -EMSGSIZE, 0);
	else
		peer_answer_with(peer, (int64_t)(end - begin), end > begin ? list->item + begin : NULL,
			(end - begin) * sizeof *list->item);
}

static void list_clear(struct peer *peer, struct object *object, const struct asked *asked)
{
	(void)asked;
	((struct list *)object)->len = 0;
	peer_answer(peer, 0, 0);
}

static int by_value(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

static void list_sort(struct peer *peer, struct object *object, const struct asked *asked)
{
	struct list *list = (struct list *)object;

	(void)asked;
	if (list->len > 0)
		qsort(list->item, list->len, sizeof *list->item, by_value);
	peer_answer(peer, 0, 0);
}

static void list_reverse(struct peer *peer, struct object *object, const struct asked *asked)
{
	struct list *list = (struct list *)object;

	(void)asked;
	for (size_t i = 0; i < list->len / 2; i++) {
		int64_t value = list->item[i];
		list->item[i] = list->item[list->len - 1 - i];
		list->item[list->len - 1 - i] = value;
	}
	peer_answer(peer, 0, 0);
}

static method *const list_methods[] = {
	[LIST_APPEND] = list_append, [LIST_EXTEND] = list_extend, [LIST_INSERT] = list_insert, [LIST_GET] = list_get,
	[LIST_SET] = list_set, [LIST_POP] = list_pop, [LIST_REMOVE] = list_remove, [LIST_INDEX] = list_index,
	[LIST_LEN] = list_len, [LIST_SLICE] = list_slice, [LIST_CLEAR] = list_clear, [LIST_SORT] = list_sort,
	[LIST_REVERSE] = list_reverse,
};
const struct type manager_list_type = {
	.make = make_list, .free = free_list, .methods = list_methods, .count = LIST_METHODS,
	.quiet = 1u << LIST_APPEND | 1u << LIST_EXTEND | 1u << LIST_INSERT | 1u << LIST_SET | 1u << LIST_CLEAR |
		1u << LIST_SORT | 1u << LIST_REVERSE,
};

/* ---- Value and Array: a list of fixed length whose items have a type ---- */

static const struct code { char code; int64_t least, most; } codes[] = {
	{ 'b', INT8_MIN, INT8_MAX }, { 'B', 0, UINT8_MAX }, { 'h', INT16_MIN, INT16_MAX }, { 'H', 0, UINT16_MAX },
	{ 'i', INT_MIN, INT_MAX }, { 'I', 0, UINT_MAX }, { 'l', LONG_MIN, LONG_MAX }, { 'q', INT64_MIN, INT64_MAX },
	{ 'd', INT64_MIN, INT64_MAX },  /* the bits of a double: all are one */
};

/* 0; -EINVAL: no such type code; -EOVERFLOW: not a value of that type. */
static int fits(char typecode, int64_t value)
{
	for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
		if (codes[i].code == typecode)
			return value < codes[i].least || value > codes[i].most ? -EOVERFLOW : 0;
	return -EINVAL;
}

/* a is the type code, its body the values. */
static struct object *make_array(struct server *server, const struct asked *asked, int *error)
{
	const int64_t *value = asked->body;
	const size_t n = asked->bytes / sizeof *value;
	const char typecode = (char)asked->a;
	struct list *array;

	(void)server;
	*error = asked->a != typecode || asked->bytes % sizeof *value != 0 ? -EINVAL : fits(typecode, 0);
	for (size_t i = 0; i < n && !*error; i++)
		*error = fits(typecode, value[i]);
	if (*error)
		return NULL;
	array = calloc(1, sizeof *array);
	if (!array || !make_room(array, n)) {
		free(array);
		*error = -ENOMEM;
		return NULL;
	}
	array->typecode = typecode;
	array->len = n;
	if (n > 0)
		memcpy(array->item, asked->body, asked->bytes);
	return &array->object;
}

static struct object *make_value(struct server *server, const struct asked *asked, int *error)
{
	return make_array(server, &(struct asked){ .a = asked->a, .body = &asked->b, .bytes = sizeof asked->b }, error);
}

static void array_set(struct peer *peer, struct object *object, const struct asked *asked)
{
	int error = fits(((struct list *)object)->typecode, asked->b);

	if (error)
		peer_answer(peer, error, 0);
	else
		list_set(peer, object, asked);
}

static method *const array_methods[] = {
	[ARRAY_GET] = list_get, [ARRAY_SET] = array_set, [ARRAY_LEN] = list_len, [ARRAY_SLICE] = list_slice,
};
const struct type manager_array_type = {
	.make = make_array, .free = free_list, .methods = array_methods, .count = ARRAY_METHODS,
	.quiet = 1u << ARRAY_SET,
};
const struct type manager_value_type = {
	.make = make_value, .free = free_list, .methods = array_methods, .count = ARRAY_METHODS,
	.quiet = 1u << ARRAY_SET,
};
