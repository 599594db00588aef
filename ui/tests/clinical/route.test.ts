import { fireEvent, screen, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import type { RouteView } from '../../src/backend/bindings';
import { places, type Place } from '../../src/places.svelte';
import { work } from '../../src/session.svelte';
import { fault, SESSION } from './clinic';
import { PAGE, ROUTE, SAFETY } from './papers';
import { asked, openClinic, settle, show } from './stage';

function openRoute(view: RouteView) {
  const clinic = openClinic();
  let now = view;
  clinic.answers.open_route = () => now;
  clinic.answers.record_route = ({ form }) => {
    now = { ...now, recorded: [...now.recorded, form.outcome] };
    return now;
  };
  clinic.answers.worklist = () => {
    throw fault('other', 'not here');
  };
  const place: Place = { screen: 'route', patient: 'p1', route: view.id, assessment: 'a1' };
  return { clinic, place };
}

const press = async (name: string | RegExp) => {
  await fireEvent.click(screen.getByRole('button', { name }));
  await settle();
};
const write = (label: string, value: string) =>
  fireEvent.input(screen.getByLabelText(label), { target: { value } });

describe('the emergency route', () => {
  it('says what to do in order, by when, whom to phone, and that the hub is not told', async () => {
    const { clinic, place } = openRoute(ROUTE);
    await show(clinic, place);
    expect(screen.getByRole('heading', { level: 1 }).textContent).toContain('cauda equina');
    const steps = within(screen.getByRole('region', { name: 'What to do now' }));
    expect(steps.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual(
      ROUTE.steps,
    );
    expect(screen.getByText('Hub NOT told: phone 01632 960 200')).toBeTruthy();
    expect(screen.getByText('Enter it in settings')).toBeTruthy();
  });

  it.each(['Back', 'Worklist'])('cannot be left silently by "%s"', async (way) => {
    const { clinic, place } = openRoute(ROUTE);
    await show(clinic, place);
    await press(way);
    expect(places.here.screen).toBe('route');
    const asks = screen.getByRole('alertdialog', { name: 'This is not recorded yet' });
    await fireEvent.click(within(asks).getByRole('button', { name: 'Stay and record' }));
    await settle();
    expect(places.here.screen).toBe('route');
    expect(asked(clinic, 'record_route')).toEqual([]);
  });

  it('cannot be left silently by the keys of the main areas', async () => {
    const { clinic, place } = openRoute(ROUTE);
    await show(clinic, place);
    await fireEvent.keyDown(window, { key: '4', altKey: true });
    await settle();
    expect(places.here.screen).toBe('route');
    expect(screen.getByRole('alertdialog')).toBeTruthy();
  });

  it('is left with "acting now", which records what was typed and then goes on', async () => {
    const { clinic, place } = openRoute(ROUTE);
    await show(clinic, place);
    await write('What was done', 'Ambulance called');
    await press('Settings');
    const asks = within(screen.getByRole('alertdialog'));
    await fireEvent.click(asks.getByRole('button', { name: 'Acting now, record after' }));
    await settle();
    const [sent] = asked(clinic, 'record_route') as [{ form: { outcome: string; done: string } }];
    expect(sent.form).toMatchObject({ outcome: 'acting-now', done: 'Ambulance called' });
    expect(places.here.screen).toBe('settings');
  });

  it('stays when "acting now" could not be kept', async () => {
    const { clinic, place } = openRoute(ROUTE);
    await show(clinic, place);
    clinic.answers.record_route = () => {
      throw fault('other', 'The disk is full. Make room and try again.');
    };
    await press('Settings');
    const asks = within(screen.getByRole('alertdialog'));
    await fireEvent.click(asks.getByRole('button', { name: 'Acting now, record after' }));
    await settle();
    expect(places.here.screen).toBe('route');
    expect(screen.getByText('The disk is full. Make room and try again.')).toBeTruthy();
  });

  it('may be left once an outcome is recorded', async () => {
    const { clinic, place } = openRoute(ROUTE);
    await show(clinic, place);
    await fireEvent.click(screen.getByRole('radio', { name: 'Sent to the emergency department' }));
    await write('What was done', 'Sent by ambulance');
    await press('Record this outcome');
    await press('Worklist');
    expect(places.here.screen).toBe('worklist');
  });

  it('asks for a typed reason when it is declined', async () => {
    const { clinic, place } = openRoute(ROUTE);
    await show(clinic, place);
    expect(screen.queryByLabelText('Why this route is not followed')).toBeNull();
    await fireEvent.click(screen.getByRole('radio', { name: 'This route is not followed' }));
    await settle();
    await write('Why this route is not followed', 'Long standing, seen by the spinal team');
    await press('Record that it is declined');
    const [sent] = asked(clinic, 'record_route') as [{ form: object }];
    expect(sent.form).toMatchObject({
      outcome: 'decline',
      reason: 'Long standing, seen by the spinal team',
    });
  });

  it('keeps what was typed when the screen locks in the middle, for the same person', async () => {
    const { clinic, place } = openRoute(SAFETY);
    await show(clinic, place);
    clinic.answers.lock = () => ({ phase: 'first-run', ...SESSION.about });
    await write('What was said', 'Wishes not to wake up');
    await work.lock();
    await settle();
    expect(document.body.textContent).not.toContain('Wishes not to wake up');
    work.open(SESSION);
    await settle();
    expect(screen.getByLabelText('What was said')).toHaveProperty('value', 'Wishes not to wake up');
    await press(/^Acting now/);
  });

  it('writes a safety record in words, with no score and no level of risk', async () => {
    const { clinic, place } = openRoute(SAFETY);
    const container = await show(clinic, place);
    const record = screen.getByRole('region', { name: 'Safety record' });
    for (const label of ['What was said', 'Means to hand, and medicines kept at home']) {
      expect(within(record).getByLabelText(label)).toBeTruthy();
    }
    expect(
      record.querySelector('meter, progress, input[type=range], input[type=number]'),
    ).toBeNull();
    expect(container.textContent).not.toMatch(/(low|medium|high) risk/i);
  });

  it('writes down who took the call at the hub', async () => {
    const { clinic, place } = openRoute(ROUTE);
    clinic.view.open_actions = [
      {
        id: 'hub1',
        patient: 'p1',
        assessment: 'a1',
        name: 'NDLOVU, Thabo',
        words: 'Hub NOT told',
        since: '10:31',
        phone: null,
        kind: 'hub-not-told',
        route: 'ces',
      },
    ];
    clinic.answers.record_hub_call = () => [];
    await show(clinic, place);
    await write('Who took the call', 'Dr R. Whitlock');
    await fireEvent.submit(screen.getByRole('form', { name: 'Hub not told' }));
    await settle();
    expect(asked(clinic, 'record_hub_call')).toEqual([
      { patient: 'p1', action: 'hub1', taken_by: 'Dr R. Whitlock' },
    ]);
  });

  it('has a card to read out, on the screen before anything is printed', async () => {
    const { clinic, place } = openRoute(ROUTE);
    clinic.answers.call_card = () => ({
      pages: [PAGE],
      draft: false,
      words: 'I am phoning about Thabo Ndlovu.',
    });
    await show(clinic, place);
    await press('Call card: what to read out');
    const card = within(screen.getByRole('dialog', { name: 'Call card' }));
    expect(card.getByText('Read this out. Do not wait for it to print.')).toBeTruthy();
    expect(card.getByText('I am phoning about Thabo Ndlovu.')).toBeTruthy();
    expect(card.getByRole('img', { name: 'Call card, page 1 of 1' })).toBeTruthy();
    expect(asked(clinic, 'call_card')).toEqual([{ patient: 'p1', route: 'ces' }]);
    expect(asked(clinic, 'print_call_card')).toEqual([]);
  });

  it('says to phone all the same when the card cannot be made', async () => {
    const { clinic, place } = openRoute(ROUTE);
    clinic.answers.call_card = () => {
      throw fault('other', 'A character cannot be printed.');
    };
    await show(clinic, place);
    await press('Call card: what to read out');
    const card = within(screen.getByRole('dialog', { name: 'Call card' }));
    expect(card.getByText('The card could not be made. Phone now all the same.')).toBeTruthy();
    expect(card.getByRole('button', { name: 'Print' })).toHaveProperty('disabled', true);
  });
});
