/** Arca's mark, an arch with a keyhole, in the accent colour. It is decoration: the name stands beside it. */
export function Mark({ size = 24 }: { size?: number }) {
  return (
    <svg viewBox="0 0 32 32" width={size} height={size} aria-hidden="true">
      <path
        fill="var(--mark)"
        d="M16 2C9.373 2 4 7.373 4 14v14a2 2 0 0 0 2 2h20a2 2 0 0 0 2-2V14C28 7.373 22.627 2 16 2Z"
      />
      <path
        fill="var(--mark-hole)"
        d="M16 11a4.25 4.25 0 0 0-2.2 7.886L12.6 24.3a.75.75 0 0 0 .732.913h5.336a.75.75 0 0 0 .732-.913l-1.2-5.414A4.25 4.25 0 0 0 16 11Z"
      />
    </svg>
  );
}
