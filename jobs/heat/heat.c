/*
 * The 2-D heat equation u_t = u_xx + u_yy on the unit square, u = 0 on its edge, by explicit finite differences and MPI.
 * It starts from a sum of sine modes, each of which decays at a known rate, so that the end can be checked exactly.
 * Usage: heat [--size CELLS] [--steps N]; writes field.png and residuals.csv; exits with 1 where the check fails.
 */
#include <math.h>
#include <mpi.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plate.h"
#include "png.h"

#define LARGEST_ERROR 1e-3

static int option(int argc, char **argv, const char *name, int value) {
  for (int i = 1; i + 1 < argc; i++)
    if (strcmp(argv[i], name) == 0) value = atoi(argv[i + 1]);
  return value;
}

static double global_sum(double value, MPI_Comm comm) {
  MPI_Allreduce(MPI_IN_PLACE, &value, 1, MPI_DOUBLE, MPI_SUM, comm);
  return value;
}

/* Prints at most a hundred lines, and not more than five a second. */
static void report(const struct plate *plate, int step, int steps, double residual, double since, double *printed) {
  double now = MPI_Wtime();
  if (plate->rank != 0 || (now - *printed < 0.2 && step < steps)) return;
  *printed = now;
  double cells = (double)plate->size * plate->size * step / (now - since);
  printf("%3d %%  step %d/%d  residual %.3e  %.2e cells/s\n", (int)(100LL * step / steps), step, steps, residual, cells);
  fflush(stdout);
}

int main(int argc, char **argv) {
  MPI_Init(&argc, &argv);
  int size = option(argc, argv, "--size", 1024), steps = option(argc, argv, "--steps", 4000);
  struct plate plate;
  if (size < 8 || steps < 1 || plate_open(&plate, size) != 0) {
    fprintf(stderr, "heat: --size and --steps are too small, or there are more ranks than cells\n");
    MPI_Abort(MPI_COMM_WORLD, 2);
  }
  FILE *csv = plate.rank == 0 ? fopen("residuals.csv", "w") : NULL;
  if (plate.rank == 0) {
    printf("heat: %d x %d cells, %d steps, %d ranks as %d x %d\n", size, size, steps, plate.ranks, plate.dims[0], plate.dims[1]);
    fflush(stdout);
    if (csv == NULL) {
      perror("heat: residuals.csv");
      MPI_Abort(MPI_COMM_WORLD, 3);
    }
    fprintf(csv, "step,time,residual\n");
  }

  double since = MPI_Wtime(), printed = 0;
  int every = steps >= 100 ? steps / 100 : 1;
  for (int step = 1; step <= steps; step++) {
    double change = plate_step(&plate, step % every == 0 || step == steps);
    if (step % every != 0 && step != steps) continue;
    double residual = sqrt(global_sum(change, plate.comm)) / size / plate.dt;
    if (csv) fprintf(csv, "%d,%.9g,%.9g\n", step, step * plate.dt, residual);
    report(&plate, step, steps, residual, since, &printed);
  }
  double seconds = MPI_Wtime() - since;

  double wrong, whole;
  plate_compare(&plate, steps * plate.dt, &wrong, &whole);
  double error = sqrt(global_sum(wrong, plate.comm) / global_sum(whole, plate.comm));
  int ok = error < LARGEST_ERROR;

  int pixels;
  unsigned char *picture = plate_picture(&plate, 600, &pixels);
  if (plate.rank == 0) {
    if (fclose(csv) != 0) perror("heat: residuals.csv"), ok = 0;
    if (png_write("field.png", picture, pixels, pixels) != 0) perror("heat: field.png"), ok = 0;
    printf("%.1f s, %.2e cells/s\n", seconds, (double)size * size * steps / seconds);
    printf("error against the analytic solution: %.2e (limit %.0e): %s\n", error, LARGEST_ERROR, ok ? "PASS" : "FAIL");
    fflush(stdout);
    free(picture);
  }
  MPI_Bcast(&ok, 1, MPI_INT, 0, plate.comm);
  plate_close(&plate);
  MPI_Finalize();
  return ok ? 0 : 1;
}
