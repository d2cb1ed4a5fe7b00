import { Group, Stack, Text, Title } from '@mantine/core';
import { type ReactNode, createContext, useContext, useEffect, useRef } from 'react';
import { useLocation } from 'wouter';

/** What follows a page's title in the window's title: the network's name, the app's. */
export const TitleSuffix = createContext('Peerhold');

interface Props {
  readonly title: ReactNode;
  /** The title as text, for the window, where `title` is more than a text. */
  readonly documentTitle?: string;
  readonly subtitle?: ReactNode;
  readonly actions?: ReactNode;
}

/** A page's heading: names the window and takes the focus after a change of route, so that a screen reader starts here. */
export function PageHeader({ title, documentTitle, subtitle, actions }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  const suffix = useContext(TitleSuffix);
  const name = documentTitle ?? (typeof title === 'string' ? title : '');
  useEffect(() => {
    document.title = name === '' ? suffix : `${name} · ${suffix}`;
  }, [name, suffix]);
  useFocusOnRoute(heading);
  return (
    <Group justify="space-between" align="flex-start" gap="md" mb="lg" component="header">
      <Stack gap={4} style={{ flex: '1 1 20rem', minWidth: 0 }}>
        <Title order={1} ref={heading} tabIndex={-1} style={{ outline: 'none', overflowWrap: 'anywhere' }}>
          {title}
        </Title>
        {subtitle !== undefined && (
          <Text component="div" c="dimmed" maw="var(--peerhold-measure)">
            {subtitle}
          </Text>
        )}
      </Stack>
      {actions !== undefined && <Group gap="xs">{actions}</Group>}
    </Group>
  );
}

let lastRoute: string | undefined;

/** Moves the focus to the heading, unless this is the first page, or a field of the new page took it already. */
function useFocusOnRoute(heading: React.RefObject<HTMLHeadingElement | null>): void {
  const [location] = useLocation();
  useEffect(() => {
    const route = window.location.hash;
    const first = lastRoute === undefined;
    const same = lastRoute === route;
    lastRoute = route;
    const active = document.activeElement;
    // Without scrolling, which would put the heading under the window's fixed header.
    const inside = active !== null && active !== document.body && heading.current?.closest('main')?.contains(active);
    if (!first && !same && inside !== true) heading.current?.focus({ preventScroll: true });
  }, [location, heading]);
}
