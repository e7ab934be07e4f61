import { Button, Container } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { ProblemNotice } from '../ui/ProblemNotice';

/** What is shown instead of an empty window when a page itself is broken. */
export class Breakage extends Component<{ children: ReactNode }, { error: unknown }> {
  override state = { error: null as unknown };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override render() {
    if (!this.state.error) return this.props.children;
    return (
      <Container size="sm" pt={80}>
        <ProblemNotice error={this.state.error}><Button mt="sm" size="compact-sm" variant="default" onClick={() => window.location.reload()}>Load the page again</Button></ProblemNotice>
      </Container>
    );
  }
}
