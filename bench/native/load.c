/*
 * Clients of a proxy, on one thread. Prints one line of JSON.
 *
 *   tunnels    open a tunnel, one small exchange, close; again and again
 *   requests   forwarded requests on kept connections, one after the other
 *   download   one tunnel per connection, BYTES down each
 *   upload     one tunnel per connection, BYTES up each
 *   hold       open the tunnels, one small exchange in each, say so, and keep them until stdin closes
 *
 *   load MODE PROXY_PORT ORIGIN_PORT ADDRESSES CONNECTIONS SECONDS BYTES CREDENTIALS FIRST
 *
 * CREDENTIALS is a file with one base64 login per line, used in turn from number FIRST on, or `-`: then the proxy is a plain TCP relay.
 * Everything is bounded: hold, download and upload by 120 seconds, the others by SECONDS and some.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { BLOCK = 256 * 1024, HEAD = 2048, EVENTS = 512, SOURCES = 64, MAX_SAMPLES = 8000000, HARD_SECONDS = 120 };
enum state { CONNECTING, GREETING, EXCHANGING, DOWNLOADING, UPLOADING, HELD };
enum verdict { GO_ON, DONE, FAILED };

struct connection {
  int fd;
  enum state state;
  int waits_to_write;
  int length;
  int target;
  int answered;
  long long left;
  double started;
  char head[HEAD];
};

static const char *mode;
static int proxy_port, origin_port, addresses, connections, is_plain;
static double seconds, stop_at;
static long long bytes_each, total_bytes;
static char **logins, block[BLOCK];
static long login_count, next_login, done, failed, samples;
static unsigned sequence;
static uint32_t *latency;
static int poller, held, open_count;

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + t.tv_nsec * 1e-9;
}

static int is(const char *name) { return !strcmp(mode, name); }

static void sampled(double started) {
  if (samples < MAX_SAMPLES) latency[samples++] = (now() - started) * 1e6;
}

static void wait_to_write(struct connection *c, int on) {
  if (c->waits_to_write == on) return;
  c->waits_to_write = on;
  struct epoll_event event = {.events = on ? EPOLLOUT : EPOLLIN, .data.ptr = c};
  epoll_ctl(poller, EPOLL_CTL_MOD, c->fd, &event);
}

static void begin(struct connection *c) {
  int one = 1;
  c->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  if (c->fd < 0) {
    perror("socket");
    exit(1);
  }
  setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  /* From many addresses: the ports of one would run out. */
  struct sockaddr_in source = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(0x7f000101 + sequence++ % SOURCES)};
  setsockopt(c->fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &one, sizeof one);
  bind(c->fd, (struct sockaddr *)&source, sizeof source);
  struct sockaddr_in proxy = {
      .sin_family = AF_INET, .sin_port = htons(proxy_port), .sin_addr.s_addr = htonl(0x7f000001)};
  c->state = CONNECTING;
  c->length = 0;
  c->answered = 0;
  c->waits_to_write = 1;
  c->started = now();
  c->target = 1 + sequence % addresses;
  connect(c->fd, (struct sockaddr *)&proxy, sizeof proxy);
  struct epoll_event event = {.events = EPOLLOUT, .data.ptr = c};
  epoll_ctl(poller, EPOLL_CTL_ADD, c->fd, &event);
  open_count++;
}

static enum verdict say(struct connection *c, const char *text, int length) {
  c->length = 0;
  return send(c->fd, text, length, MSG_NOSIGNAL) == length ? GO_ON : FAILED;
}

static const char *login(void) { return logins[next_login++ % login_count]; }

static enum verdict ask(struct connection *c) {
  char text[HEAD];
  int n;
  c->state = EXCHANGING;
  if (is("requests")) {
    c->started = now();
    n = snprintf(text, sizeof text,
                 "GET http://127.0.0.%d:%d/ HTTP/1.1\r\nHost: 127.0.0.%d:%d\r\nProxy-Authorization: Basic %s\r\n"
                 "User-Agent: bench\r\nAccept: */*\r\n\r\n",
                 c->target, origin_port, c->target, origin_port, login());
  } else if (is("download")) {
    c->state = DOWNLOADING;
    c->left = -1;
    n = snprintf(text, sizeof text, "GET /bytes/%lld HTTP/1.1\r\nHost: x\r\n\r\n", bytes_each);
  } else if (is("upload")) {
    c->state = UPLOADING;
    c->left = bytes_each;
    n = snprintf(text, sizeof text, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: %lld\r\n\r\n", bytes_each);
    wait_to_write(c, 1);
  } else {
    n = snprintf(text, sizeof text, "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  }
  return say(c, text, n);
}

static enum verdict connected(struct connection *c) {
  char text[HEAD];
  wait_to_write(c, 0);
  if (is_plain || is("requests")) return ask(c);
  c->state = GREETING;
  int n = snprintf(text, sizeof text,
                   "CONNECT 127.0.0.%d:%d HTTP/1.1\r\nHost: 127.0.0.%d:%d\r\nProxy-Authorization: Basic %s\r\n\r\n",
                   c->target, origin_port, c->target, origin_port, login());
  return say(c, text, n);
}

/* Reads more of a head or a small message. */
static enum verdict gather(struct connection *c) {
  ssize_t n = recv(c->fd, c->head + c->length, HEAD - 1 - c->length, 0);
  if (n <= 0) return n < 0 && errno == EAGAIN ? GO_ON : FAILED;
  c->length += n;
  c->head[c->length] = 0;
  return GO_ON;
}

static enum verdict exchanged(struct connection *c) {
  if (gather(c) == FAILED) return FAILED;
  char *end = strstr(c->head, "\r\n\r\n");
  if (!end || c->length == 0) return GO_ON;
  if (strncmp(c->head + 8, " 200", 4)) return FAILED;
  if (c->state == GREETING) return ask(c);
  if (!strstr(end, "Hello, world!")) return GO_ON;
  sampled(c->started);
  if (is("hold")) {
    c->state = HELD;
    held++;
    return GO_ON;
  }
  if (!is("requests")) return DONE;
  done++;
  c->answered++;
  return now() < stop_at ? ask(c) : DONE;
}

static enum verdict download(struct connection *c) {
  for (;;) {
    ssize_t n = recv(c->fd, block, BLOCK, 0);
    if (n < 0 && errno == EAGAIN) return GO_ON;
    if (n <= 0) return FAILED;
    long long content = n;
    if (c->left < 0) {
      char *end = memmem(block, n, "\r\n\r\n", 4);
      if (!end) return FAILED;
      content = n - (end + 4 - block);
      c->left = bytes_each;
    }
    c->left -= content;
    total_bytes += content;
    if (c->left <= 0) return DONE;
  }
}

static enum verdict upload(struct connection *c) {
  while (c->left > 0) {
    ssize_t n = send(c->fd, block, c->left < BLOCK ? c->left : BLOCK, MSG_NOSIGNAL);
    if (n < 0) return errno == EAGAIN ? GO_ON : FAILED;
    c->left -= n;
    total_bytes += n;
  }
  c->state = EXCHANGING;
  wait_to_write(c, 0);
  return GO_ON;
}

static enum verdict on_event(struct connection *c) {
  switch (c->state) {
    case CONNECTING:
      return connected(c);
    case GREETING:
    case EXCHANGING:
      return exchanged(c);
    case DOWNLOADING:
      return download(c);
    case UPLOADING:
      return upload(c);
    case HELD: {
      ssize_t n = recv(c->fd, c->head, HEAD, 0);
      return n < 0 && errno == EAGAIN ? GO_ON : FAILED;
    }
  }
  return FAILED;
}

static void read_logins(const char *file) {
  char line[512];
  FILE *in = fopen(file, "r");
  if (!in) {
    perror(file);
    exit(1);
  }
  while (fgets(line, sizeof line, in)) {
    line[strcspn(line, "\n")] = 0;
    logins = realloc(logins, (login_count + 1) * sizeof *logins);
    logins[login_count++] = strdup(line);
  }
  fclose(in);
}

static int compare(const void *a, const void *b) {
  uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
  return (x > y) - (x < y);
}

int main(int count, char **arguments) {
  if (count != 10) return 2;
  mode = arguments[1];
  proxy_port = atoi(arguments[2]);
  origin_port = atoi(arguments[3]);
  addresses = atoi(arguments[4]);
  connections = atoi(arguments[5]);
  seconds = atof(arguments[6]);
  bytes_each = atoll(arguments[7]);
  is_plain = !strcmp(arguments[8], "-");
  if (!is_plain) read_logins(arguments[8]);
  next_login = atol(arguments[9]);
  signal(SIGPIPE, SIG_IGN);
  memset(block, 'y', BLOCK);
  latency = malloc(MAX_SAMPLES * sizeof *latency);
  poller = epoll_create1(0);
  struct connection *all = calloc(connections, sizeof *all);
  int is_timed = is("tunnels") || is("requests");
  /* Held tunnels are opened some at a time: this is no test of the backlog. */
  int begun = 0, at_first = is("hold") && connections > 32 ? 32 : connections;
  double start = now();
  stop_at = start + seconds;
  double hard_stop = is_timed ? stop_at + 10 : start + HARD_SECONDS;
  while (begun < at_first) begin(&all[begun++]);
  struct epoll_event events[EVENTS];
  while (open_count > 0 && now() < hard_stop) {
    int ready = epoll_wait(poller, events, EVENTS, 200);
    for (int i = 0; i < ready; i++) {
      struct connection *c = events[i].data.ptr;
      int was_held = c->state == HELD;
      enum verdict verdict = on_event(c);
      if (verdict != GO_ON) {
        close(c->fd);
        open_count--;
        /* Some proxies close after each answer. */
        int is_replaced = is("requests") && c->answered > 0;
        if (verdict == FAILED && !is_replaced) failed++;
        else if (!is("requests")) done++;
        if ((is("tunnels") || is_replaced) && now() < stop_at) begin(c);
      }
      if (is("hold") && begun < connections && (verdict != GO_ON || (c->state == HELD && !was_held))) begin(&all[begun++]);
    }
    if (is("hold") && held + failed >= connections) break;
  }
  double elapsed = now() - start;
  qsort(latency, samples, sizeof *latency, compare);
  printf("{\"done\":%ld,\"failed\":%ld,\"held\":%d,\"seconds\":%.4f,\"bytes\":%lld,\"nextLogin\":%ld,\"p50us\":%u,\"p99us\":%u}\n", done,
         failed, held, elapsed, total_bytes, next_login, samples ? latency[samples / 2] : 0, samples ? latency[(long)(samples * 0.99)] : 0);
  fflush(stdout);
  if (is("hold")) {
    struct pollfd input = {0, POLLIN, 0};
    poll(&input, 1, HARD_SECONDS * 1000);
  }
  return 0;
}
