import { useMemo } from 'react';
import { encode } from 'uqr';

/** Dark on white in both themes: cameras read it so. */
export function QrCode({ text, label, size = 184 }: { text: string; label: string; size?: number }) {
  const { path, width } = useMemo(() => {
    const code = encode(text, { border: 3, ecc: 'M' });
    const modules = code.data.flatMap((row, y) =>
      row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])),
    );
    return { path: modules.join(''), width: code.size };
  }, [text]);
  return (
    <svg
      role="img"
      aria-label={label}
      width={size}
      height={size}
      viewBox={`0 0 ${width} ${width}`}
      shapeRendering="crispEdges"
      style={{ borderRadius: 8, background: '#ffffff' }}
    >
      <path d={path} fill="#0a3b43" />
    </svg>
  );
}
