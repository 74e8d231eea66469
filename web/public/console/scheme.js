// Before the first paint: the colours the person chose, so that a dark page never flashes white.
try {
  const chosen = localStorage.getItem('headgate-colours');
  const dark =
    chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');
} catch {
  // A browser that keeps nothing shows the light page.
}
