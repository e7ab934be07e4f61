/** Our own drawing of a calendar page with a loop through it; no trademark is copied. */
export function Office365Logo({ muted = false }: { muted?: boolean }) {
  const main = muted ? '#a9b5be' : '#c2410c';
  const soft = muted ? '#e1e6ea' : '#ffe3d3';
  return (
    <svg className="tt-tile-logo" viewBox="0 0 60 60" aria-hidden focusable="false">
      <rect x="2" y="2" width="56" height="56" rx="14" fill={soft} />
      <rect x="13" y="15" width="34" height="31" rx="5" fill="#fff" stroke={main} strokeWidth="2.4" />
      <path d="M13 20a5 5 0 0 1 5-5h24a5 5 0 0 1 5 5v4H13z" fill={main} />
      <path d="M21 11v7M39 11v7" stroke={main} strokeWidth="3" strokeLinecap="round" />
      <text x="30" y="41" textAnchor="middle" fontSize="14.5" fontWeight="750" fontFamily="inherit" fill={main}>365</text>
    </svg>
  );
}
