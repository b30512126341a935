/** Tells the measuring process one value, such as where this server listens. */
export function tellParent(value: string | number): void {
  process.send?.(value);
}

/** Ends this process when the measuring one is gone, however that ended. Gives what lets it end by itself. */
export function endWithParent(): () => void {
  const orphaned = () => process.exit(1);
  process.once('disconnect', orphaned);
  return () => {
    process.off('disconnect', orphaned);
    process.disconnect?.();
  };
}
