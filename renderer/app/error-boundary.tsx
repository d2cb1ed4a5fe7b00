import { Button, Group, Stack } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '../ui/errors';

interface Props {
  readonly children: ReactNode;
  /** A change of it, such as another route, gives the children a new try. */
  readonly resetKey: string;
}
interface CaughtError {
  readonly error: unknown;
}

/** A view that fails takes only its own place: the rest stays usable, and the view can be tried again. */
export class ErrorBoundary extends Component<Props, { readonly caught: CaughtError | null }> {
  override state: { readonly caught: CaughtError | null } = { caught: null };

  static getDerivedStateFromError(error: unknown): { caught: CaughtError } {
    return { caught: { error } };
  }

  override componentDidUpdate(previous: Props): void {
    if (previous.resetKey !== this.props.resetKey && this.state.caught !== null) this.setState({ caught: null });
  }

  override render(): ReactNode {
    const { caught } = this.state;
    if (caught === null) return this.props.children;
    return <Failed error={caught.error} retry={() => this.setState({ caught: null })} />;
  }
}

function Failed({ error, retry }: { readonly error: unknown; readonly retry: () => void }) {
  const { t } = useTranslation('app');
  return (
    <Stack>
      <ErrorState error={error} retry={retry} />
      <Group>
        <Button variant="default" onClick={() => window.location.reload()}>
          {t('reload')}
        </Button>
      </Group>
    </Stack>
  );
}
