/*
 * The plate: a square of cells, cut into a grid of rectangles, one a rank, each with a rim of its neighbours' cells.
 */
#include <math.h>
#include <mpi.h>
#include <stdlib.h>
#include <string.h>

struct plate {
  int size, rank, ranks, dims[2], rows, columns, first_row, first_column, width;
  int up, down, left, right;
  double h, dt, *now, *next;
  MPI_Comm comm;
  MPI_Datatype column;
};

static const double PI = 3.14159265358979323846;

/* What it starts from: amplitude, waves across, waves down. The fine ones fade within the run, the coarse ones stay. */
static const struct { double a; int kx, ky; } MODES[] = {
  {1.0, 1, 1}, {0.6, 3, 2}, {-0.5, 2, 5}, {0.4, 7, 4}, {0.35, 9, 11}, {-0.3, 12, 6}, {0.3, 16, 17},
};
#define MODE_COUNT ((int)(sizeof MODES / sizeof MODES[0]))

/* The analytic solution: every mode decays by itself. */
static double exact(double x, double y, double t) {
  double sum = 0;
  for (int m = 0; m < MODE_COUNT; m++) {
    double k2 = (double)(MODES[m].kx * MODES[m].kx + MODES[m].ky * MODES[m].ky) * PI * PI;
    sum += MODES[m].a * exp(-k2 * t) * sin(MODES[m].kx * PI * x) * sin(MODES[m].ky * PI * y);
  }
  return sum;
}

/* The share of `part` in `size` cells cut into `parts`. */
static void share(int size, int parts, int part, int *first, int *count) {
  *first = (int)((long long)size * part / parts);
  *count = (int)((long long)size * (part + 1) / parts) - *first;
}

static double *cell(const struct plate *p, double *field, int row, int column) {
  return field + (size_t)(row + 1) * p->width + column + 1;
}

static int plate_open(struct plate *p, int size) {
  int periods[2] = {0, 0}, at[2];
  memset(p, 0, sizeof *p);
  MPI_Comm_size(MPI_COMM_WORLD, &p->ranks);
  MPI_Dims_create(p->ranks, 2, p->dims);
  MPI_Cart_create(MPI_COMM_WORLD, 2, p->dims, periods, 0, &p->comm);
  MPI_Comm_rank(p->comm, &p->rank);
  MPI_Cart_coords(p->comm, p->rank, 2, at);
  MPI_Cart_shift(p->comm, 0, 1, &p->up, &p->down);
  MPI_Cart_shift(p->comm, 1, 1, &p->left, &p->right);
  share(size, p->dims[0], at[0], &p->first_row, &p->rows);
  share(size, p->dims[1], at[1], &p->first_column, &p->columns);
  if (p->rows < 1 || p->columns < 1) return -1;
  p->size = size;
  p->width = p->columns + 2;
  p->h = 1.0 / (size + 1);
  p->dt = 0.24 * p->h * p->h;
  MPI_Type_vector(p->rows, 1, p->width, MPI_DOUBLE, &p->column);
  MPI_Type_commit(&p->column);
  size_t cells = (size_t)(p->rows + 2) * p->width;
  p->now = calloc(cells, sizeof(double));
  p->next = calloc(cells, sizeof(double));
  if (p->now == NULL || p->next == NULL) return -1;
  for (int row = 0; row < p->rows; row++)
    for (int column = 0; column < p->columns; column++)
      *cell(p, p->now, row, column) = exact((p->first_column + column + 1) * p->h, (p->first_row + row + 1) * p->h, 0);
  return 0;
}

static void plate_close(struct plate *p) {
  MPI_Type_free(&p->column);
  free(p->now);
  free(p->next);
}

static void exchange_start(struct plate *p, MPI_Request *requests) {
  double *u = p->now;
  MPI_Irecv(cell(p, u, -1, 0), p->columns, MPI_DOUBLE, p->up, 0, p->comm, &requests[0]);
  MPI_Irecv(cell(p, u, p->rows, 0), p->columns, MPI_DOUBLE, p->down, 1, p->comm, &requests[1]);
  MPI_Irecv(cell(p, u, 0, -1), 1, p->column, p->left, 2, p->comm, &requests[2]);
  MPI_Irecv(cell(p, u, 0, p->columns), 1, p->column, p->right, 3, p->comm, &requests[3]);
  MPI_Isend(cell(p, u, p->rows - 1, 0), p->columns, MPI_DOUBLE, p->down, 0, p->comm, &requests[4]);
  MPI_Isend(cell(p, u, 0, 0), p->columns, MPI_DOUBLE, p->up, 1, p->comm, &requests[5]);
  MPI_Isend(cell(p, u, 0, p->columns - 1), 1, p->column, p->right, 2, p->comm, &requests[6]);
  MPI_Isend(cell(p, u, 0, 0), 1, p->column, p->left, 3, p->comm, &requests[7]);
}

static void update_row(struct plate *p, int row, int from, int to) {
  double r = p->dt / (p->h * p->h);
  const double *up = cell(p, p->now, row - 1, 0), *u = cell(p, p->now, row, 0), *down = cell(p, p->now, row + 1, 0);
  double *restrict out = cell(p, p->next, row, 0);
  for (int column = from; column < to; column++)
    out[column] = u[column] + r * (up[column] + down[column] + u[column - 1] + u[column + 1] - 4 * u[column]);
}

/* One step; the inside is computed while the rim is on its way. Where measured, the sum of squares of this rank's change. */
static double plate_step(struct plate *p, int measured) {
  MPI_Request requests[8];
  exchange_start(p, requests);
  for (int row = 1; row < p->rows - 1; row++) update_row(p, row, 1, p->columns - 1);
  MPI_Waitall(8, requests, MPI_STATUSES_IGNORE);
  update_row(p, 0, 0, p->columns);
  if (p->rows > 1) update_row(p, p->rows - 1, 0, p->columns);
  for (int row = 1; row < p->rows - 1; row++) {
    update_row(p, row, 0, 1);
    if (p->columns > 1) update_row(p, row, p->columns - 1, p->columns);
  }
  double sum = 0;
  if (measured)
    for (int row = 0; row < p->rows; row++)
      for (int column = 0; column < p->columns; column++) {
        double change = *cell(p, p->next, row, column) - *cell(p, p->now, row, column);
        sum += change * change;
      }
  double *old = p->now;
  p->now = p->next;
  p->next = old;
  return sum;
}

/* This rank's sums of squares of the error at time t and of the analytic solution. */
static void plate_compare(struct plate *p, double t, double *wrong, double *whole) {
  *wrong = *whole = 0;
  for (int row = 0; row < p->rows; row++)
    for (int column = 0; column < p->columns; column++) {
      double right = exact((p->first_column + column + 1) * p->h, (p->first_row + row + 1) * p->h, t);
      double off = *cell(p, p->now, row, column) - right;
      *wrong += off * off;
      *whole += right * right;
    }
}

/* The whole plate on rank 0 (NULL elsewhere) as a square picture of at most `most` pixels a side, 0 cold to 255 hot. */
static unsigned char *plate_picture(struct plate *p, int most, int *pixels) {
  int side = p->size < most ? p->size : most;
  size_t count = (size_t)side * side;
  float *mine = calloc(count, sizeof(float)), *all = p->rank == 0 ? calloc(count, sizeof(float)) : NULL;
  for (int y = 0; y < side; y++)
    for (int x = 0; x < side; x++) {
      int row = (int)((long long)y * p->size / side) - p->first_row;
      int column = (int)((long long)x * p->size / side) - p->first_column;
      if (row >= 0 && row < p->rows && column >= 0 && column < p->columns)
        mine[(size_t)y * side + x] = (float)*cell(p, p->now, row, column);
    }
  MPI_Reduce(mine, all, (int)count, MPI_FLOAT, MPI_SUM, 0, p->comm);
  free(mine);
  *pixels = side;
  if (all == NULL) return NULL;
  float low = all[0], high = all[0];
  for (size_t i = 0; i < count; i++) {
    if (all[i] < low) low = all[i];
    if (all[i] > high) high = all[i];
  }
  unsigned char *picture = malloc(count);
  for (size_t i = 0; i < count; i++) picture[i] = (unsigned char)(255 * (all[i] - low) / (high > low ? high - low : 1));
  free(all);
  return picture;
}
