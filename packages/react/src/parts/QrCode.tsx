/** A QR code by its rows, each a text of 1 for a dark module and 0 for a light one: dark on light whatever the scheme, for cameras expect that. */
export function QrCode({ rows, label }: { rows: readonly string[]; label: string }) {
  const margin = 4;
  const size = rows.length + 2 * margin;
  const dark = rows.flatMap((row, y) => [...row.matchAll(/1+/g)].map(({ 0: run, index }) => `M${index + margin} ${y + margin}h${run.length}v1h-${run.length}z`)).join('');
  return (
    <svg className="qr" role="img" aria-label={label} viewBox={`0 0 ${size} ${size}`} shapeRendering="crispEdges">
      <path fill="#fff" d={`M0 0h${size}v${size}H0z`} />
      <path fill="#000" d={dark} />
    </svg>
  );
}
