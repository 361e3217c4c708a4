/** The mark: two records run into one stem, and a gold dot where they meet. The wordmark follows the colour around it. */
export function Logo({ size = 24 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="2 2 36 36" style={{ flex: 'none' }} aria-hidden>
      <rect x="2" y="2" width="36" height="36" rx="9" fill="#2C55C2" />
      <g fill="none" stroke="#fff" strokeWidth="4" strokeLinecap="round">
        <path d="M12.5 10.5v19" />
        <path d="M28 10.5c0 5.6-3.6 9.5-9.2 9.5" strokeOpacity=".72" />
        <path d="M28 29.5c0-5.6-3.6-9.5-9.2-9.5" strokeOpacity=".72" />
      </g>
      <circle cx="18.6" cy="20" r="4.1" fill="#F2B93B" />
    </svg>
  );
}

export function Wordmark({ height = 19 }: { height?: number }) {
  return (
    <svg height={height} viewBox="50 8 70 24" style={{ display: 'block' }} role="img" aria-label="Kehu">
      <g fill="none" stroke="currentColor" strokeWidth="3.2" strokeLinecap="round" strokeLinejoin="round">
        <path d="M52 11v18M63.5 11 52.6 21.2M56.4 18 64 29" />
        <path d="M70.4 23h11.4a5.8 5.8 0 1 0-1.9 4.4" />
        <path d="M89.5 10v19M89.5 22.4a5.2 5.2 0 0 1 10.4 0V29" />
        <path d="M107.5 17.2v6.6a5.2 5.2 0 0 0 10.4 0v-6.6M117.9 17.2V29" />
      </g>
    </svg>
  );
}
