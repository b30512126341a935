/** How times and flags stand in a row: milliseconds since 1970 and 0 or 1. */
export function fromDate(date: Date): number;
export function fromDate(date: Date | null): number | null;
export function fromDate(date: Date | null): number | null {
  return date === null ? null : date.getTime();
}

export function toDate(milliseconds: number): Date;
export function toDate(milliseconds: number | null): Date | null;
export function toDate(milliseconds: number | null): Date | null {
  return milliseconds === null ? null : new Date(milliseconds);
}

export function fromFlag(flag: boolean): number {
  return flag ? 1 : 0;
}
