import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';

/** Saves what an API answers as a file: as it comes, however large. */
export function DownloadLink({ href, text }: { href: string; text: string }) {
  return (
    <Button
      component="a"
      href={href}
      download
      variant="default"
      leftSection={<IconDownload size={16} stroke={1.7} aria-hidden />}
    >
      {text}
    </Button>
  );
}

/** An address with what is set of `query`. */
export function withQuery(path: string, query: Record<string, string | undefined>): string {
  const set = Object.entries(query).filter((entry): entry is [string, string] => !!entry[1]);
  return set.length === 0 ? path : `${path}?${new URLSearchParams(set)}`;
}
