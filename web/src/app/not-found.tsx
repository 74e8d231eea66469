import { Anchor } from '@mantine/core';
import { IconSignRight } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Notice } from '../components/states.tsx';

export function NotFound() {
  const { t } = useTranslation();
  return (
    <Notice
      icon={IconSignRight}
      title={t('states.notFoundTitle')}
      text={t('states.notFoundText')}
      action={
        <Anchor component={Link} to="/">
          {t('states.toStart')}
        </Anchor>
      }
    />
  );
}
