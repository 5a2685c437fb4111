/*
 * Two ranks send a message to and fro: half of a round trip is the latency, and size over latency the bandwidth.
 * Prints a table and writes pingpong.csv. Each size runs for about a fifth of a second.
 */
#include <mpi.h>
#include <stdio.h>
#include <stdlib.h>

#define LARGEST (4 << 20)
#define SECONDS 0.2

static char *buffer;

static double round_trips(int rank, int bytes, int count) {
  MPI_Barrier(MPI_COMM_WORLD);
  double since = MPI_Wtime();
  for (int i = 0; i < count; i++) {
    if (rank == 0) {
      MPI_Send(buffer, bytes, MPI_BYTE, 1, 0, MPI_COMM_WORLD);
      MPI_Recv(buffer, bytes, MPI_BYTE, 1, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
    } else if (rank == 1) {
      MPI_Recv(buffer, bytes, MPI_BYTE, 0, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
      MPI_Send(buffer, bytes, MPI_BYTE, 0, 0, MPI_COMM_WORLD);
    }
  }
  return (MPI_Wtime() - since) / count;
}

int main(int argc, char **argv) {
  int rank, ranks, length;
  char names[2][MPI_MAX_PROCESSOR_NAME] = {"", ""}, name[MPI_MAX_PROCESSOR_NAME] = "";
  MPI_Init(&argc, &argv);
  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  MPI_Comm_size(MPI_COMM_WORLD, &ranks);
  if (ranks != 2 || (buffer = calloc(1, LARGEST)) == NULL) {
    if (rank == 0) fprintf(stderr, "pingpong: needs two ranks, each on a node of its own\n");
    MPI_Abort(MPI_COMM_WORLD, 2);
  }
  MPI_Get_processor_name(name, &length);
  MPI_Gather(name, sizeof name, MPI_CHAR, names, sizeof name, MPI_CHAR, 0, MPI_COMM_WORLD);
  FILE *csv = rank == 0 ? fopen("pingpong.csv", "w") : NULL;
  if (rank == 0) printf("%s <-> %s\n%10s %14s %16s\n", names[0], names[1], "bytes", "latency (us)", "bandwidth (MB/s)");
  if (csv) fprintf(csv, "bytes,latency_us,bandwidth_mb_s\n");
  for (int bytes = 1, step = 0; bytes <= LARGEST; bytes *= 4, step++) {
    double once = round_trips(rank, bytes, 5);
    int count = (int)(SECONDS / once) + 5;
    MPI_Bcast(&count, 1, MPI_INT, 0, MPI_COMM_WORLD);
    double latency = round_trips(rank, bytes, count) / 2;
    if (rank != 0) continue;
    printf("%10d %14.2f %16.2f\n", bytes, latency * 1e6, bytes / latency / 1e6);
    fflush(stdout);
    if (csv) fprintf(csv, "%d,%.3f,%.3f\n", bytes, latency * 1e6, bytes / latency / 1e6);
  }
  if (csv) fclose(csv);
  free(buffer);
  MPI_Finalize();
  return 0;
}
