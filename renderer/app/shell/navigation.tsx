import { Badge, NavLink } from '@mantine/core';
import {
  IconBooks,
  IconBuildingCommunity,
  IconChecklist,
  IconFileCertificate,
  IconHistory,
  IconHome,
  IconReportMoney,
  IconSettings,
  IconUsers,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { useNeeds } from '../needs';

const PLACES = [
  { id: 'home', path: '/', icon: IconHome },
  { id: 'commons', path: '/commons', icon: IconBooks },
  { id: 'agreement', path: '/agreement', icon: IconFileCertificate },
  { id: 'decisions', path: '/decisions', icon: IconChecklist },
  { id: 'members', path: '/members', icon: IconUsers },
  { id: 'ledger', path: '/ledger', icon: IconReportMoney },
  { id: 'resources', path: '/resources', icon: IconBuildingCommunity },
  { id: 'record', path: '/record', icon: IconHistory },
  { id: 'settings', path: '/settings', icon: IconSettings },
] as const;

/** The places of a network. */
export function Navigation({ onGo }: { readonly onGo: () => void }) {
  const { t } = useTranslation('app');
  const [location] = useLocation();
  const needs = useNeeds();
  return (
    <nav aria-label={t('places')}>
      {PLACES.map(({ id, path, icon: Icon }) => {
        const active = path === '/' ? location === '/' || location === '' : within(location, path);
        return (
          <NavLink
            key={id}
            component={Link}
            href={path}
            label={t(`place.${id}`)}
            leftSection={<Icon size={20} stroke={1.6} aria-hidden />}
            rightSection={
              id === 'home' && needs.length > 0 ? (
                <Badge circle variant="filled" aria-label={t('needs', { count: needs.length })}>
                  {needs.length}
                </Badge>
              ) : undefined
            }
            active={active}
            aria-current={active ? 'page' : undefined}
            onClick={onGo}
            style={{ borderRadius: 'var(--mantine-radius-md)' }}
          />
        );
      })}
    </nav>
  );
}

const within = (location: string, path: string): boolean => location === path || location.startsWith(`${path}/`);
