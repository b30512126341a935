// Runs before the first paint, as a script of its own: a chosen theme must not flash the other one first.
try {
  const theme = localStorage.getItem('arca.theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // Storage may be closed to us; then the system's theme serves.
}
