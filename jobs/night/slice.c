/*
 * The integral of 4 / (1 + x^2) over one of many equal parts of [0, 1], by the midpoint rule; all parts together are pi. Built
 * with WITH_MPI it is cut among the ranks, and the first writes it down. Usage: slice NTH COUNT FILE
 */
#include <stdio.h>
#include <stdlib.h>
#ifdef WITH_MPI
#include <mpi.h>
#endif

enum { STEPS = 200000 };

static double part(int nth, int count, int rank, int ranks) {
  double width = 1.0 / count / STEPS, sum = 0;
  for (int step = rank; step < STEPS; step += ranks) {
    double x = (double)nth / count + (step + 0.5) * width;
    sum += 4.0 / (1.0 + x * x) * width;
  }
  return sum;
}

int main(int argc, char **argv) {
  int rank = 0, ranks = 1;
#ifdef WITH_MPI
  MPI_Init(&argc, &argv);
  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  MPI_Comm_size(MPI_COMM_WORLD, &ranks);
#endif
  if (argc != 4) return 2;
  double sum = part(atoi(argv[1]), atoi(argv[2]), rank, ranks);
#ifdef WITH_MPI
  double all = 0;
  MPI_Reduce(&sum, &all, 1, MPI_DOUBLE, MPI_SUM, 0, MPI_COMM_WORLD);
  sum = all;
#endif
  int failed = 0;
  if (rank == 0) {
    FILE *file = fopen(argv[3], "w");
    failed = file == NULL || fprintf(file, "%.17g %d\n", sum, ranks) < 0 || fclose(file) != 0;
    if (failed) perror(argv[3]);
  }
#ifdef WITH_MPI
  MPI_Finalize();
#endif
  return failed;
}
