/** The sign of the house: a gate in a channel. */
export function Mark({ size = 28 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" fill="none" aria-hidden="true">
      <path d="M9 5v20M23 5v20" stroke="currentColor" strokeWidth="2.6" strokeLinecap="round" />
      <path d="M9 10h14" stroke="currentColor" strokeWidth="2.6" />
      <path d="M13 10v6M19 10v6" stroke="currentColor" strokeWidth="1.6" opacity="0.6" />
      <path
        d="M3 20.500c2.2-2 4.3-2 6.5 0s4.3 2 6.5 0 4.3-2 6.5 0 4.3 2 6.5 0"
        stroke="var(--hg-mark)"
        strokeWidth="2.6"
        strokeLinecap="round"
      />
      <path
        d="M7 26.500c1.8-1.4 3.6-1.4 5.4 0s3.6 1.4 5.4 0 3.6-1.4 5.4 0"
        stroke="var(--hg-mark)"
        strokeWidth="1.8"
        strokeLinecap="round"
        opacity="0.55"
      />
    </svg>
  );
}
