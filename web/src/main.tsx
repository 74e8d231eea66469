import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { whenSessionEnds } from './api/http.ts';
import { createQueryClient } from './api/queries.ts';
import { likelyRole, sessionQuery } from './api/session.ts';
import { Appearance } from './app/appearance.tsx';
import { createConsoleRouter } from './app/router.ts';
import { beginOverview as beginOwnerOverview } from './owner/overview-queries.ts';
import { beginOverview as beginResellerOverview } from './reseller/overview-queries.ts';
import { startTexts } from './texts/i18n.ts';

const queries = createQueryClient();
const router = createConsoleRouter(queries);

whenSessionEnds(() => {
  queries.setQueryData(sessionQuery.queryKey, null);
  const { href, pathname } = router.state.location;
  if (pathname !== '/sign-in')
    void router.navigate({ to: '/sign-in', search: { next: href }, replace: true });
});

beginFirstPage();
await startTexts();
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <Appearance>
        <RouterProvider router={router} />
      </Appearance>
    </QueryClientProvider>
  </StrictMode>,
);

/** Who is signed in, and what an overview is made of, are asked for at once, instead of each when the one before has come. */
function beginFirstPage(): void {
  const { pathname } = window.location;
  void queries.prefetchQuery(sessionQuery);
  const role = likelyRole();
  if (pathname === '/reseller' && role === 'reseller') {
    void import('./reseller/overview.tsx');
    beginResellerOverview(queries);
  } else if (pathname === '/owner' && role !== null && role !== 'reseller' && role !== 'yes') {
    void import('./owner/overview.tsx');
    beginOwnerOverview(queries);
  }
}
