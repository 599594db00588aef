import { render, screen } from '@testing-library/svelte';
import { tick } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { announced, announce } from '../../src/announce.svelte';
import type { Triage } from '../../src/backend/bindings';
import TriagePanel from '../../src/parts/TriagePanel.svelte';
import { TRIAGE } from './clinic';

const props = (triage: Triage) => ({
  assessment: 'a1',
  triage,
  draft: true,
  ongo: () => undefined,
  oncannot: () => undefined,
});

function settled(id: string, value: string): Triage {
  const parts = TRIAGE.parts.map((part) => {
    return part.id === id ? { ...part, settled: true, value } : part;
  });
  return { ...TRIAGE, parts };
}

describe('triage so far', () => {
  it('shows what to ask, then what is not settled with what is missing, then what is settled', () => {
    render(TriagePanel, props(TRIAGE));
    const parts = screen.getAllByTestId(/^part-/).map((part) => part.dataset['testid']);
    expect(parts.slice(0, 3)).toEqual(['part-pain-type', 'part-medicine-flags', 'part-lead']);
    const next = screen.getByRole('region', { name: 'Best question to ask next' });
    const first = screen.getByTestId('part-pain-type');
    expect(next.compareDocumentPosition(first)).toBe(Node.DOCUMENT_POSITION_FOLLOWING);
    expect(screen.getByRole('button', { name: 'average pain' })).toBeTruthy();
  });

  it('never looks like a decision', () => {
    render(TriagePanel, props(TRIAGE));
    expect(screen.getByText('DRAFT')).toBeTruthy();
    expect(screen.getByText(/Not a decision until a clinician signs/)).toBeTruthy();
  });

  it('shows no proposal where proposals are off, and says why', () => {
    const off = 'No ruleset has been adopted here. Checklists, scores and OME only.';
    render(TriagePanel, props({ ...TRIAGE, off }));
    expect(screen.getByTestId('triage-stopped').textContent).toBe(off);
    expect(screen.queryByTestId('part-urgency')).toBeNull();
    expect(screen.queryByText('Soon')).toBeNull();
  });

  it('shows no proposal where the rules refuse, such as under 18', () => {
    render(TriagePanel, props({ ...TRIAGE, refused: 'Under 18: the adult rules do not apply.' }));
    expect(screen.queryByText('Soon')).toBeNull();
  });
});

describe('what is announced of it', () => {
  let before = '';
  beforeEach(() => {
    vi.useFakeTimers();
    announce('before');
    before = announced();
  });
  afterEach(() => vi.useRealTimers());

  it('is a change of state, a second after the last one', async () => {
    const { rerender } = render(TriagePanel, props(TRIAGE));
    await rerender(props(settled('lead', 'Medicines review first')));
    vi.advanceTimersByTime(999);
    expect(announced()).toBe(before);
    vi.advanceTimersByTime(1);
    expect(announced()).toBe('Lead settled: Medicines review first');
  });

  it('is nothing while a value that is not settled moves', async () => {
    const { rerender } = render(TriagePanel, props(TRIAGE));
    const parts = TRIAGE.parts.map((part) => ({ ...part, value: part.settled ? part.value : 'x' }));
    await rerender(props({ ...TRIAGE, parts }));
    await tick();
    vi.advanceTimersByTime(5000);
    expect(announced()).toBe(before);
  });

  it('is nothing when it went back within the second', async () => {
    const { rerender } = render(TriagePanel, props(TRIAGE));
    await rerender(props(settled('lead', 'Medicines review first')));
    vi.advanceTimersByTime(500);
    await rerender(props(TRIAGE));
    vi.advanceTimersByTime(5000);
    expect(announced()).toBe(before);
  });
});
