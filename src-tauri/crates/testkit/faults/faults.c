/*
 * A disk that fails when it is told to.
 *
 * Loaded in front of the C library (LD_PRELOAD) of a program under test, it counts every call that
 * changes something below one folder and interferes at the k-th. The program, SQLCipher in it
 * included, is the one that ships; only what it asks of the operating system is answered otherwise.
 *
 *   FELLOE_FAULT_UNDER   the folder; calls on anything else pass untouched and uncounted
 *   FELLOE_FAULT         WHAT:K, with WHAT one of
 *     count       interferes with nothing
 *     kill        the program is killed in place of the k-th call
 *     torn        half of the k-th write reaches the disk, then the program is killed
 *     after       the program is killed right after the k-th call
 *     cut         the power fails in place of the k-th call: of everything that was not flushed
 *                 with fsync, all or a part is gone, and the program is killed
 *     full        from the k-th call on the disk is full (ENOSPC); the first write is cut short
 *     io          from the k-th call on the disk fails (EIO), flushing included
 *     once        the k-th call alone fails (EIO)
 *     readonly    from the k-th call on the disk is read-only (EROFS)
 *   FELLOE_FAULT_WHILE   a file: full, io and readonly last for as long as it is there
 *   FELLOE_FAULT_COUNT   a file that gets the number of calls when the program ends
 *   FELLOE_FAULT_LIES    set: fsync answers and flushes nothing, as bad disks do
 *   FELLOE_FAULT_CHANCE  a number that says which part is gone at a cut; 0 for all
 *   FELLOE_FAULT_FLUSH   milliseconds that every flush takes longer
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

enum what { COUNT, KILL, TORN, AFTER, CUT, FULL, IO, ONCE, READONLY };
enum call { WRITE, FLUSH, RESIZE, NAME };

static const char *under, *lasts, *counts;
static enum what what = COUNT;
static long k = 0, seen = 0;
static unsigned long chance = 0;
static long slow = 0;
static int lies = 0;
static pthread_mutex_t one_at_a_time = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;

#define REAL(result, name, ...) \
    static result (*real_##name)(__VA_ARGS__); \
    if (!real_##name) real_##name = (result (*)(__VA_ARGS__))dlsym(RTLD_NEXT, #name)

/* ---- what would be gone if the power failed now ---- */

enum lost { BYTES, SIZE, RENAMED, MADE, REMOVED };
struct undo {
    enum lost lost;
    int fd;             /* BYTES, SIZE: our own handle on the file */
    ino_t file;
    off_t at, size;     /* where the bytes stood; how long the file was */
    size_t length;
    unsigned char *old;
    char *from, *to;    /* names; `to` is the file that was made, removed or replaced */
    int replaced;
};
static struct undo *undone;
static size_t undos, room;

static struct undo *remember(enum lost lost) {
    if (undos == room) {
        room = room ? room * 2 : 256;
        undone = realloc(undone, room * sizeof *undone);
        if (!undone) abort();
    }
    struct undo *new = &undone[undos++];
    memset(new, 0, sizeof *new);
    new->lost = lost;
    new->fd = -1;
    return new;
}

/* One handle for each file, never closed: closing one would drop the program's locks on the file. */
static int own_handle(int fd, ino_t file) {
    for (size_t i = 0; i < undos; i++)
        if (undone[i].fd >= 0 && undone[i].file == file) return undone[i].fd;
    static struct { ino_t file; int fd; } kept[64];
    static size_t held;
    for (size_t i = 0; i < held; i++)
        if (kept[i].file == file) return kept[i].fd;
    int own = fcntl(fd, F_DUPFD_CLOEXEC, 500);
    if (own >= 0 && held < 64) { kept[held].file = file; kept[held++].fd = own; }
    return own;
}

static int path_of(int fd, char *path) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, PATH_MAX - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return 1;
}

static unsigned char *read_all(const char *path, off_t *size) {
    REAL(int, open, const char *, int, ...);
    int fd = real_open(path, O_RDONLY | O_CLOEXEC);
    struct stat about;
    if (fd < 0 || fstat(fd, &about) < 0 || !S_ISREG(about.st_mode)) return NULL;
    unsigned char *bytes = malloc(about.st_size + 1);
    ssize_t got = bytes ? pread(fd, bytes, about.st_size, 0) : -1;
    close(fd); /* files that are replaced or removed as a whole are not the ones that are locked */
    if (got < 0) { free(bytes); return NULL; }
    *size = got;
    return bytes;
}

static void remember_bytes(int fd, off_t at, size_t length) {
    struct stat about;
    if (fstat(fd, &about) < 0 || !S_ISREG(about.st_mode)) return;
    struct undo *new = remember(BYTES);
    new->file = about.st_ino;
    new->at = at;
    new->size = about.st_size;
    new->old = calloc(1, length + 1);
    new->length = length;
    if (at < about.st_size && pread(fd, new->old, length, at) < 0) {
        char path[PATH_MAX]; /* opened for writing alone */
        off_t size = 0;
        unsigned char *all = path_of(fd, path) ? read_all(path, &size) : NULL;
        if (all && at < size)
            memcpy(new->old, all + at, (size_t)(size - at) < length ? (size_t)(size - at) : length);
        free(all);
    }
    new->fd = own_handle(fd, about.st_ino);
}

static void remember_size(int fd, off_t to) {
    struct stat about;
    if (fstat(fd, &about) < 0) return;
    if (to < about.st_size) {
        remember_bytes(fd, to, about.st_size - to);
        return;
    }
    struct undo *new = remember(SIZE);
    new->file = about.st_ino;
    new->size = about.st_size;
    new->fd = own_handle(fd, about.st_ino);
}

static void remember_emptied(int fd, unsigned char *old, off_t size) {
    struct stat about;
    if (fd < 0 || fstat(fd, &about) < 0) { free(old); return; }
    struct undo *new = remember(BYTES);
    new->file = about.st_ino;
    new->size = size;
    new->old = old;
    new->length = size;
    new->fd = own_handle(fd, about.st_ino);
}

static void remember_name(enum lost lost, const char *from, const char *to) {
    struct undo *new = remember(lost);
    new->from = from ? strdup(from) : NULL;
    new->to = strdup(to);
    if (lost != MADE) {
        new->old = read_all(to, &new->size);
        new->replaced = new->old != NULL;
    }
}

static int stands_in(const char *path, const char *folder) {
    size_t length = strlen(folder);
    return path && !strncmp(path, folder, length) && path[length] == '/' && !strchr(path + length + 1, '/');
}

static void flushed(int fd) {
    struct stat about;
    char folder[PATH_MAX];
    if (lies || fstat(fd, &about) < 0) return;
    int names = S_ISDIR(about.st_mode) && path_of(fd, folder);
    size_t kept = 0;
    for (size_t i = 0; i < undos; i++) {
        struct undo *it = &undone[i];
        int safe = it->fd >= 0 ? !S_ISDIR(about.st_mode) && it->file == about.st_ino
                               : names && stands_in(it->to, folder);
        if (safe) { free(it->old); free(it->from); free(it->to); }
        else undone[kept++] = *it;
    }
    undos = kept;
}

static void put_back(const struct undo *it) {
    REAL(int, open, const char *, int, ...);
    REAL(ssize_t, write, int, const void *, size_t);
    REAL(int, rename, const char *, const char *);
    REAL(int, unlink, const char *);
    REAL(int, ftruncate, int, off_t);
    REAL(ssize_t, pwrite, int, const void *, size_t, off_t);
    switch (it->lost) {
    case BYTES:
        real_pwrite(it->fd, it->old, it->length, it->at);
        if (chance == 0) real_ftruncate(it->fd, it->size);
        break;
    case SIZE:
        if (chance == 0) real_ftruncate(it->fd, it->size);
        break;
    case MADE:
        real_unlink(it->to);
        break;
    case RENAMED:
        real_rename(it->to, it->from);
        /* fall through */
    case REMOVED:
        if (it->replaced) {
            int fd = real_open(it->to, O_WRONLY | O_CREAT | O_TRUNC, 0600);
            for (off_t at = 0; fd >= 0 && at < it->size;) {
                ssize_t put = real_write(fd, it->old + at, it->size - at);
                if (put <= 0) break;
                at += put;
            }
            if (fd >= 0) close(fd);
        }
        break;
    }
}

static void die(void) {
    kill(getpid(), SIGKILL);
    for (;;) pause();
}

static void cut(void) {
    for (size_t i = undos; i-- > 0;) {
        int gone = 1;
        if (chance) {
            chance = chance * 6364136223846793005UL + 1442695040888963407UL;
            gone = (chance >> 33) & 1;
        }
        if (gone) put_back(&undone[i]);
    }
    die();
}

/* ---- when to interfere ---- */

static int ours(const char *path) {
    size_t length = under ? strlen(under) : 0;
    return length && !strncmp(path, under, length) && (path[length] == '/' || !path[length]);
}

static int our_fd(int fd) {
    char path[PATH_MAX];
    return under && path_of(fd, path) && ours(path);
}

static int our_name(int folder, const char *name, char *path) {
    if (!under) return 0;
    char base[PATH_MAX] = "";
    if (name[0] != '/') {
        int known = folder == AT_FDCWD ? getcwd(base, sizeof base) != NULL : path_of(folder, base);
        if (!known) return 0;
        snprintf(path, PATH_MAX, "%s/%s", base, name);
    } else {
        snprintf(path, PATH_MAX, "%s", name);
    }
    return ours(path);
}

/* Counts a call. Gives the error it has to fail with, or 0. Never returns from a kill. */
static int befalls(enum call call) {
    long now = ++seen;
    if (now == k && what == CUT) cut();
    if (now == k && (what == KILL || (what == TORN && call != WRITE))) die();
    int begun = k && now >= k && (!lasts || access(lasts, F_OK) == 0);
    switch (what) {
    case FULL: return begun && (call == WRITE || call == RESIZE || call == NAME) ? ENOSPC : 0;
    case IO: return begun ? EIO : 0;
    case ONCE: return now == k ? EIO : 0;
    case READONLY: return begun ? EROFS : 0;
    default: return 0;
    }
}

static void passed(void) { if (what == AFTER && seen == k) die(); }

#define GUARDED(body) \
    do { pthread_mutex_lock(&one_at_a_time); body; pthread_mutex_unlock(&one_at_a_time); } while (0)

__attribute__((constructor)) static void begin(void) {
    static const char *names[] = {"count", "kill", "torn", "after", "cut", "full", "io", "once", "readonly"};
    under = getenv("FELLOE_FAULT_UNDER");
    lasts = getenv("FELLOE_FAULT_WHILE");
    counts = getenv("FELLOE_FAULT_COUNT");
    lies = getenv("FELLOE_FAULT_LIES") != NULL;
    const char *text = getenv("FELLOE_FAULT_CHANCE");
    if (text) chance = strtoul(text, NULL, 10);
    if ((text = getenv("FELLOE_FAULT_FLUSH"))) slow = strtol(text, NULL, 10);
    if (!(text = getenv("FELLOE_FAULT"))) return;
    const char *colon = strchr(text, ':');
    if (!colon) return;
    k = strtol(colon + 1, NULL, 10);
    for (int i = 0; i < 9; i++)
        if (strlen(names[i]) == (size_t)(colon - text) && !strncmp(text, names[i], colon - text)) what = i;
}

__attribute__((destructor)) static void end(void) {
    REAL(int, open, const char *, int, ...);
    REAL(ssize_t, write, int, const void *, size_t);
    if (!counts) return;
    char text[32];
    int length = snprintf(text, sizeof text, "%ld", seen);
    int fd = real_open(counts, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (fd >= 0 && real_write(fd, text, length) == length) close(fd);
}

/* ---- the calls ---- */

/* A full disk takes what still fits, so the first write that fails is cut short. */
static ssize_t written(int fd, const void *bytes, size_t length, off_t at) {
    REAL(ssize_t, write, int, const void *, size_t);
    REAL(ssize_t, pwrite, int, const void *, size_t, off_t);
    ssize_t put = -1;
    GUARDED({
        int error = befalls(WRITE);
        int half = (what == TORN && seen == k) || (error == ENOSPC && seen == k && length > 1);
        if (error && !half) { errno = error; }
        else {
            size_t part = half ? length / 2 : length;
            off_t where = at >= 0 ? at : lseek(fd, 0, SEEK_CUR);
            if (what == CUT) remember_bytes(fd, where, part);
            put = at >= 0 ? real_pwrite(fd, bytes, part, at) : real_write(fd, bytes, part);
            if (what == TORN && seen == k) die();
            passed();
        }
    });
    return put;
}

ssize_t write(int fd, const void *bytes, size_t length) {
    REAL(ssize_t, write, int, const void *, size_t);
    return our_fd(fd) ? written(fd, bytes, length, -1) : real_write(fd, bytes, length);
}

ssize_t pwrite(int fd, const void *bytes, size_t length, off_t at) {
    REAL(ssize_t, pwrite, int, const void *, size_t, off_t);
    return our_fd(fd) ? written(fd, bytes, length, at) : real_pwrite(fd, bytes, length, at);
}
ssize_t pwrite64(int fd, const void *bytes, size_t length, off_t at) { return pwrite(fd, bytes, length, at); }

ssize_t writev(int fd, const struct iovec *parts, int many) {
    REAL(ssize_t, writev, int, const struct iovec *, int);
    if (!our_fd(fd) || many < 1) return real_writev(fd, parts, many);
    return written(fd, parts[0].iov_base, parts[0].iov_len, -1);
}

/* Copying inside the kernel is refused, so that the program copies by reading and writing. */
ssize_t copy_file_range(int from, off64_t *at, int to, off64_t *where, size_t length, unsigned flags) {
    REAL(ssize_t, copy_file_range, int, off64_t *, int, off64_t *, size_t, unsigned);
    if (our_fd(to)) { errno = EXDEV; return -1; }
    return real_copy_file_range(from, at, to, where, length, flags);
}
ssize_t sendfile(int to, int from, off_t *at, size_t length) {
    REAL(ssize_t, sendfile, int, int, off_t *, size_t);
    if (our_fd(to)) { errno = EINVAL; return -1; }
    return real_sendfile(to, from, at, length);
}
ssize_t sendfile64(int to, int from, off64_t *at, size_t length) { return sendfile(to, from, at, length); }

/* The kernel keeps what a killed program wrote, so that flushing for real would only take time. */
static int flush(int fd) {
    int result = 0;
    GUARDED({
        int error = befalls(FLUSH);
        if (slow) usleep(slow * 1000);
        if (error) { errno = error; result = -1; }
        else { if (what == CUT) flushed(fd); passed(); }
    });
    return result;
}

int fsync(int fd) {
    REAL(int, fsync, int);
    return our_fd(fd) ? flush(fd) : real_fsync(fd);
}
int fdatasync(int fd) {
    REAL(int, fdatasync, int);
    return our_fd(fd) ? flush(fd) : real_fdatasync(fd);
}

int ftruncate(int fd, off_t size) {
    REAL(int, ftruncate, int, off_t);
    if (!our_fd(fd)) return real_ftruncate(fd, size);
    int result = -1;
    GUARDED({
        struct stat about;
        int error = befalls(RESIZE);
        if (error == ENOSPC && fstat(fd, &about) == 0 && size <= about.st_size) error = 0;
        if (error) errno = error;
        else {
            if (what == CUT) remember_size(fd, size);
            result = real_ftruncate(fd, size);
            passed();
        }
    });
    return result;
}
int ftruncate64(int fd, off_t size) { return ftruncate(fd, size); }

int posix_fallocate(int fd, off_t at, off_t length) {
    REAL(int, posix_fallocate, int, off_t, off_t);
    if (!our_fd(fd)) return real_posix_fallocate(fd, at, length);
    int result;
    GUARDED({
        result = befalls(RESIZE);
        if (!result) { result = real_posix_fallocate(fd, at, length); passed(); }
    });
    return result;
}
int posix_fallocate64(int fd, off_t at, off_t length) { return posix_fallocate(fd, at, length); }

static int opened(int folder, const char *name, int flags, mode_t mode) {
    REAL(int, openat, int, const char *, int, ...);
    char path[PATH_MAX];
    int writing = (flags & O_ACCMODE) != O_RDONLY || (flags & (O_CREAT | O_TRUNC));
    if (!writing || !our_name(folder, name, path)) return real_openat(folder, name, flags, mode);
    int result = -1;
    GUARDED({
        int there = access(path, F_OK) == 0;
        int changes = (flags & O_CREAT && !there) || flags & O_TRUNC;
        int error = 0;
        if (changes) error = befalls(NAME);
        else if (what == READONLY && k && seen + 1 >= k && (!lasts || access(lasts, F_OK) == 0)) error = EROFS;
        if (error == ENOSPC && there) error = 0;
        if (error) errno = error;
        else {
            off_t size = 0;
            unsigned char *old = what == CUT && changes && there ? read_all(path, &size) : NULL;
            if (what == CUT && changes && !there) remember_name(MADE, NULL, path);
            result = real_openat(folder, name, flags, mode);
            if (old) remember_emptied(result, old, size);
            if (changes) passed();
        }
    });
    return result;
}

#define MODE_OF(flags, mode) \
    mode_t mode = 0; \
    if ((flags) & (O_CREAT | O_TMPFILE)) { va_list more; va_start(more, flags); mode = va_arg(more, mode_t); va_end(more); }

int open(const char *name, int flags, ...) { MODE_OF(flags, mode); return opened(AT_FDCWD, name, flags, mode); }
int open64(const char *name, int flags, ...) { MODE_OF(flags, mode); return opened(AT_FDCWD, name, flags, mode); }
int openat(int folder, const char *name, int flags, ...) { MODE_OF(flags, mode); return opened(folder, name, flags, mode); }
int openat64(int folder, const char *name, int flags, ...) { MODE_OF(flags, mode); return opened(folder, name, flags, mode); }

int rename(const char *from, const char *to) {
    REAL(int, rename, const char *, const char *);
    char source[PATH_MAX], target[PATH_MAX];
    if (!our_name(AT_FDCWD, from, source) || !our_name(AT_FDCWD, to, target)) return real_rename(from, to);
    int result = -1;
    GUARDED({
        int error = befalls(NAME);
        if (error == ENOSPC) error = 0;
        if (error) errno = error;
        else {
            if (what == CUT) remember_name(RENAMED, source, target);
            result = real_rename(from, to);
            passed();
        }
    });
    return result;
}

int unlink(const char *name) {
    REAL(int, unlink, const char *);
    char path[PATH_MAX];
    if (!our_name(AT_FDCWD, name, path) || access(path, F_OK)) return real_unlink(name);
    int result = -1;
    GUARDED({
        int error = befalls(NAME);
        if (error == ENOSPC) error = 0;
        if (error) errno = error;
        else {
            if (what == CUT) remember_name(REMOVED, NULL, path);
            result = real_unlink(name);
            passed();
        }
    });
    return result;
}

int mkdir(const char *name, mode_t mode) {
    REAL(int, mkdir, const char *, mode_t);
    char path[PATH_MAX];
    if (!our_name(AT_FDCWD, name, path) || access(path, F_OK) == 0) return real_mkdir(name, mode);
    int result = -1;
    GUARDED({
        int error = befalls(NAME);
        if (error) errno = error;
        else { result = real_mkdir(name, mode); passed(); }
    });
    return result;
}
