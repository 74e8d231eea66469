/** How the reference pages look, in light and in dark, on a desk and on a phone. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --text: light-dark(#1c2026, #dfe3e8); --quiet: light-dark(#5b6572, #98a2af); --line: light-dark(#dde1e6, #313841);
  --page: light-dark(#fff, #14171b); --raised: light-dark(#f5f6f8, #1c2026); --link: light-dark(#0b5bbd, #7db4ff);
  --mark: light-dark(#8a5a00, #e8b658);
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 60rem; padding: 1.5rem 1.25rem 6rem; background: var(--page); color: var(--text);
  font: 16px/1.6 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.8rem; line-height: 1.25; margin: 1.5rem 0 1rem; }
h2 { font-size: 1.3rem; margin: 3rem 0 .25rem; }
h3 { font-size: 1.05rem; margin: 0 0 .5rem; }
h4 { font-size: .8rem; margin: 1.25rem 0 .4rem; color: var(--quiet); text-transform: uppercase; letter-spacing: .05em; }
p { margin: .5rem 0; }
a { color: var(--link); }
a:focus-visible, summary:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
code, pre { font: .875em/1.5 ui-monospace, SFMono-Regular, Menlo, monospace; }
pre { margin: 0; padding: .75rem 1rem; background: var(--raised); border-radius: 6px; overflow-x: auto; overflow-wrap: normal; }
article { border: 1px solid var(--line); border-radius: 8px; padding: 1rem 1.25rem; margin: 1rem 0; }
article:target { border-color: var(--link); }
nav ul { list-style: none; margin: 0; padding: 0; }
nav li { padding: .2rem 0; }
.call { display: flex; flex-wrap: wrap; gap: .25rem .75rem; align-items: baseline; }
.method { font: 700 .75rem/1.8 ui-monospace, monospace; padding: 0 .5em; border: 1px solid var(--line); border-radius: 4px; }
.quiet { color: var(--quiet); font-size: .9rem; }
.badge { color: var(--mark); font-size: .8rem; border: 1px solid currentColor; border-radius: 1em; padding: 0 .6em; }
.table { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
th, td { text-align: left; vertical-align: top; padding: .4rem .75rem .4rem 0; border-top: 1px solid var(--line); min-width: 5rem; }
th { color: var(--quiet); font-weight: 500; border: 0; }
summary { cursor: pointer; margin: 1rem 0 .4rem; }
@media (max-width: 36rem) { body { padding-inline: .75rem; } article { padding: .75rem; } }
`;
