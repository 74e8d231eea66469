import { Badge, Button, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answerOf, once, session } from '../api/clients.ts';
import type { components } from '../api/session.gen.ts';
import { useAction } from '../api/use-action.ts';
import { useConfirm } from '../components/confirm.tsx';
import { Panel } from '../components/panel.tsx';
import { Answer } from '../components/states.tsx';
import { Time } from '../components/time.tsx';
import styles from './profile.module.css';

const QUERY_KEY = ['session', 'sessions'];

/** Every browser the person is signed in with. */
export function SessionsPanel() {
  const { t } = useTranslation();
  const query = useQuery({
    queryKey: QUERY_KEY,
    queryFn: () => answerOf(session.GET('/api/session/sessions')),
  });
  return (
    <Panel title={t('profile.sessions.title')}>
      <Answer query={query}>
        {({ data }) => (
          <ul className={styles.sessions}>
            {data.map((one) => (
              <SessionItem key={one.id} session={one} />
            ))}
          </ul>
        )}
      </Answer>
    </Panel>
  );
}

function SessionItem({ session: one }: { session: components['schemas']['Session'] }) {
  const { t } = useTranslation();
  const confirm = useConfirm();
  const end = useAction({
    run: (id: string, key) =>
      session.DELETE('/api/session/sessions/{id}', { params: { path: { id }, header: once(key) } }),
    changes: [QUERY_KEY],
  });
  const where = one.address ?? t('profile.sessions.somewhere');
  return (
    <li>
      <div>
        <Text size="sm" fw={560}>
          {browserOf(one.userAgent)}{' '}
          <Text span size="sm" c="dimmed" fw={400}>
            {where}
          </Text>
        </Text>
        <Text size="xs" c="dimmed">
          {t('profile.sessions.started')} <Time at={one.createdAt} /> · {t('profile.sessions.lastSeen')}{' '}
          <Time at={one.lastSeenAt} as="fromNow" />
        </Text>
      </div>
      {one.isThis ? (
        <Badge color="green">{t('profile.sessions.current')}</Badge>
      ) : (
        <Button
          variant="default"
          size="xs"
          onClick={() =>
            confirm({
              title: t('profile.sessions.endTitle'),
              text: t('profile.sessions.endText', { address: where }),
              action: t('profile.sessions.end'),
              dangerous: true,
              run: () => end.perform(one.id),
            })
          }
        >
          {t('profile.sessions.end')}
        </Button>
      )}
    </li>
  );
}

/** `Mozilla/5.0 (X11; Linux x86_64) … Chrome/130.0 …` → `Chrome, Linux`: enough to recognise it by. */
function browserOf(userAgent: string): string {
  const browser = /(Firefox|Edg|OPR|Chrome|Safari)\//.exec(userAgent)?.[1];
  const system = /(Android|iPhone|iPad|Windows|Mac OS X|Linux)/.exec(userAgent)?.[1];
  const names: Record<string, string> = { Edg: 'Edge', OPR: 'Opera', 'Mac OS X': 'macOS' };
  const known = [browser, system].flatMap((name) => (name ? [names[name] ?? name] : []));
  return known.length > 0 ? known.join(', ') : userAgent.slice(0, 60) || '–';
}
