/*
 * A target for proxies to be measured with: HTTP/1.1 on 127.0.0.1 to 127.0.0.COUNT, one thread, kept connections.
 *
 *   GET /bytes/N    N bytes
 *   POST            takes the body that Content-Length announces, then answers as below
 *   anything else   13 bytes
 *
 *   origin PORT COUNT
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { BLOCK = 256 * 1024, HEAD = 4096, MAX_LISTENERS = 32, EVENTS = 256 };

struct connection {
  int fd;
  int is_listener;
  int waits_to_write;
  long long left_to_send;
  long long left_to_take;
  int length;
  char head[HEAD];
};

static const char ANSWER[] =
    "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 13\r\n\r\nHello, world!";
static char block[BLOCK];
static int poller;

static void wait_to_write(struct connection *c, int on) {
  if (c->waits_to_write == on) return;
  c->waits_to_write = on;
  struct epoll_event event = {.events = on ? EPOLLOUT : EPOLLIN, .data.ptr = c};
  epoll_ctl(poller, EPOLL_CTL_MOD, c->fd, &event);
}

static int answer(struct connection *c) {
  return send(c->fd, ANSWER, sizeof ANSWER - 1, MSG_NOSIGNAL) == sizeof ANSWER - 1 ? 0 : -1;
}

static int send_bytes(struct connection *c) {
  while (c->left_to_send > 0) {
    ssize_t n = send(c->fd, block, c->left_to_send < BLOCK ? c->left_to_send : BLOCK, MSG_NOSIGNAL);
    if (n < 0 && errno != EAGAIN) return -1;
    if (n < 0) {
      wait_to_write(c, 1);
      return 0;
    }
    c->left_to_send -= n;
  }
  wait_to_write(c, 0);
  return 0;
}

static int take_body(struct connection *c) {
  while (c->left_to_take > 0) {
    ssize_t n = recv(c->fd, block, c->left_to_take < BLOCK ? c->left_to_take : BLOCK, 0);
    if (n == 0 || (n < 0 && errno != EAGAIN)) return -1;
    if (n < 0) return 0;
    c->left_to_take -= n;
  }
  return answer(c);
}

/* Serves the complete heads that are there. */
static int serve_heads(struct connection *c) {
  char *end;
  while ((end = strstr(c->head, "\r\n\r\n"))) {
    int used = end + 4 - c->head;
    char *size = strstr(c->head, "/bytes/");
    char *length = strcasestr(c->head, "content-length:");
    if (!strncmp(c->head, "POST", 4) && length && length < end) {
      c->left_to_take = atoll(length + 15) - (c->length - used);
      c->length = 0;
      return c->left_to_take > 0 ? take_body(c) : answer(c);
    }
    if (size && size < end) {
      c->left_to_send = atoll(size + 7);
      char text[80];
      int n = snprintf(text, sizeof text, "HTTP/1.1 200 OK\r\nContent-Length: %lld\r\n\r\n", c->left_to_send);
      if (send(c->fd, text, n, MSG_NOSIGNAL | MSG_MORE) != n) return -1;
      c->length = 0;
      return send_bytes(c);
    }
    if (answer(c)) return -1;
    memmove(c->head, c->head + used, c->length - used + 1);
    c->length -= used;
  }
  return 0;
}

static int on_event(struct connection *c) {
  if (c->left_to_send > 0) return send_bytes(c);
  if (c->left_to_take > 0) return take_body(c);
  ssize_t n = recv(c->fd, c->head + c->length, HEAD - 1 - c->length, 0);
  if (n < 0 && errno == EAGAIN) return 0;
  if (n <= 0) return -1;
  c->length += n;
  c->head[c->length] = 0;
  return serve_heads(c);
}

static void add(int fd, int is_listener) {
  struct connection *c = calloc(1, sizeof *c);
  c->fd = fd;
  c->is_listener = is_listener;
  struct epoll_event event = {.events = EPOLLIN, .data.ptr = c};
  epoll_ctl(poller, EPOLL_CTL_ADD, fd, &event);
}

int main(int count, char **arguments) {
  if (count != 3) return 2;
  int port = atoi(arguments[1]), addresses = atoi(arguments[2]), one = 1;
  signal(SIGPIPE, SIG_IGN);
  poller = epoll_create1(0);
  memset(block, 'x', BLOCK);
  for (int i = 0; i < addresses && i < MAX_LISTENERS; i++) {
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(0x7f000001 + i)};
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (bind(fd, (struct sockaddr *)&address, sizeof address) || listen(fd, 4096)) {
      perror("listen");
      return 1;
    }
    add(fd, 1);
  }
  struct epoll_event events[EVENTS];
  for (;;) {
    int ready = epoll_wait(poller, events, EVENTS, -1);
    for (int i = 0; i < ready; i++) {
      struct connection *c = events[i].data.ptr;
      if (c->is_listener) {
        int fd;
        while ((fd = accept4(c->fd, NULL, NULL, SOCK_NONBLOCK)) >= 0) {
          setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
          add(fd, 0);
        }
      } else if (on_event(c)) {
        close(c->fd);
        free(c);
      }
    }
  }
}
