import { Container } from '@mantine/core';
import type { ReactNode } from 'react';
import { SkipLink } from './skip-link';

/** Around the screens that belong to no network: start, join, found. */
export function PlainLayout({ children }: { readonly children: ReactNode }) {
  return (
    <>
      <SkipLink />
      <Container component="main" id="main" tabIndex={-1} size="48rem" py="xl" px="md" style={{ outline: 'none' }}>
        {children}
      </Container>
    </>
  );
}
