import styles from './code-block.module.css';
import { Copy } from './copy.tsx';

/** A piece of a program or a command, ready to be copied. */
export function CodeBlock({ code, label }: { code: string; label: string }) {
  return (
    <div className={styles.block}>
      <section aria-label={label}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways, also by keyboard */}
        <pre tabIndex={0}>{code}</pre>
      </section>
      <span className={styles.copy}>
        <Copy value={code} />
      </span>
    </div>
  );
}
