/** Copying to the clipboard, also on pages that came without TLS, from which browsers keep their API for it. */
import { useEffect, useState } from 'react';

const SHOWN_FOR_MS = 2_000;

type Outcome = 'copied' | 'failed';

/** `outcome`: what came of the last copying, for two seconds. */
export function useCopy(): { outcome: Outcome | undefined; copy: (text: string) => void } {
  const [outcome, setOutcome] = useState<Outcome>();
  useEffect(() => {
    if (!outcome) return;
    const timer = setTimeout(() => setOutcome(undefined), SHOWN_FOR_MS);
    return () => clearTimeout(timer);
  }, [outcome]);
  return {
    outcome,
    copy: (text) => void write(text).then((done) => setOutcome(done ? 'copied' : 'failed')),
  };
}

async function write(text: string): Promise<boolean> {
  try {
    // Undefined without TLS, whatever its type says.
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copySelected(text);
  }
}

/** As browsers have always copied: what is selected. Beside what has the focus, as a dialog lets it go nowhere else. */
function copySelected(text: string): boolean {
  const focused = document.activeElement;
  const field = document.createElement('textarea');
  field.value = text;
  field.readOnly = true;
  field.style.position = 'fixed';
  field.style.opacity = '0';
  (focused?.parentElement ?? document.body).append(field);
  field.select();
  try {
    return document.execCommand('copy');
  } finally {
    field.remove();
    if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
  }
}
