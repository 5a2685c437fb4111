/*
 * Writes a PNG without a library: one byte a pixel, a palette from black over violet and red to yellow, and zlib blocks that
 * are stored and not compressed.
 */
#include <stdint.h>
#include <stdio.h>

struct png {
  FILE *file;
  uint32_t crc, a, b;
};

static void png_byte(struct png *png, unsigned byte) {
  png->crc ^= byte & 255;
  for (int bit = 0; bit < 8; bit++) png->crc = png->crc >> 1 ^ (png->crc & 1 ? 0xEDB88320u : 0);
  putc((int)(byte & 255), png->file);
}

static void png_number(struct png *png, uint32_t value) {
  for (int shift = 24; shift >= 0; shift -= 8) png_byte(png, value >> shift);
}

static void png_chunk(struct png *png, const char *name, uint32_t length) {
  png_number(png, length);
  png->crc = 0xFFFFFFFFu;
  for (int i = 0; i < 4; i++) png_byte(png, (unsigned char)name[i]);
}

static void png_end_chunk(struct png *png) {
  png_number(png, png->crc ^ 0xFFFFFFFFu);
}

/* A byte of the picture itself, which zlib's Adler-32 covers too. */
static void png_data(struct png *png, unsigned byte) {
  png_byte(png, byte);
  png->a = (png->a + byte) % 65521;
  png->b = (png->b + png->a) % 65521;
}

static void png_palette(struct png *png) {
  static const unsigned char stops[6][3] = {{0, 0, 4}, {66, 10, 104}, {147, 38, 103}, {221, 81, 58}, {252, 165, 10}, {252, 255, 164}};
  png_chunk(png, "PLTE", 768);
  for (int i = 0; i < 256; i++) {
    int stop = i * 5 / 256, part = i * 5 % 256;
    for (int c = 0; c < 3; c++) png_byte(png, (unsigned)(stops[stop][c] + (stops[stop + 1][c] - stops[stop][c]) * part / 256));
  }
  png_end_chunk(png);
}

/* Returns 0, or -1 with errno set. A row with its filter byte is one stored block, so that it has at most 65,534 pixels. */
static int png_write(const char *path, const unsigned char *pixels, int width, int height) {
  struct png png = {fopen(path, "wb"), 0, 1, 0};
  if (png.file == NULL) return -1;
  fwrite("\x89PNG\r\n\x1a\n", 1, 8, png.file);
  png_chunk(&png, "IHDR", 13);
  png_number(&png, (uint32_t)width);
  png_number(&png, (uint32_t)height);
  for (int i = 0; i < 5; i++) png_byte(&png, (const unsigned char[]){8, 3, 0, 0, 0}[i]);
  png_end_chunk(&png);
  png_palette(&png);
  unsigned row_bytes = (unsigned)width + 1;
  png_chunk(&png, "IDAT", 2 + (uint32_t)height * (row_bytes + 5) + 4);
  png_byte(&png, 0x78);
  png_byte(&png, 0x01);
  for (int y = 0; y < height; y++) {
    png_byte(&png, y == height - 1);
    png_byte(&png, row_bytes & 255);
    png_byte(&png, row_bytes >> 8);
    png_byte(&png, ~row_bytes & 255);
    png_byte(&png, ~row_bytes >> 8 & 255);
    png_data(&png, 0);
    for (int x = 0; x < width; x++) png_data(&png, pixels[(size_t)y * width + x]);
  }
  png_number(&png, png.b << 16 | png.a);
  png_end_chunk(&png);
  png_chunk(&png, "IEND", 0);
  png_end_chunk(&png);
  int failed = ferror(png.file);
  return fclose(png.file) != 0 || failed ? -1 : 0;
}
