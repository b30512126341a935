const length = 30;

/** `[#####     ] 20 of 120 rows`, for sayProgress. */
export function progressBar(done: number, total: number): string {
  const full = total === 0 ? length : Math.floor((done / total) * length);
  return `[${'#'.repeat(full)}${' '.repeat(length - full)}] ${done} of ${total} rows`;
}
