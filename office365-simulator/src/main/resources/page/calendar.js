// What the page does beyond plain links and forms: windows without leaving the page, and the calendar kept fresh.
// Everything still works without this file.
'use strict';
(() => {
  const host = () => document.getElementById('window');
  const calendar = () => document.getElementById('calendar');
  if (!calendar()) return;
  let opener = null; // address of the link that opened the window, for the focus afterwards

  const parse = text => new DOMParser().parseFromString(text, 'text/html');

  const say = text => {
    const status = document.getElementById('status');
    if (status) status.textContent = text;
  };

  /** Puts a newly fetched calendar in place of the shown one, and keeps the focus where it was. */
  const swap = page => {
    const fresh = page.getElementById('calendar');
    if (!fresh) return;
    const focused = calendar().contains(document.activeElement) ? document.activeElement.getAttribute('href') : null;
    calendar().replaceWith(document.adoptNode(fresh));
    if (focused) focus(focused);
  };

  const focus = href => {
    const links = [...calendar().querySelectorAll('a')];
    const same = links.find(link => link.getAttribute('href') === href && link.tabIndex >= 0);
    (same || calendar().querySelector('.actions .primary')).focus();
  };

  /** Shows the window that a fetched page holds; false when it holds none. */
  const show = page => {
    const fresh = page.querySelector('#window dialog');
    host().replaceChildren();
    if (!fresh) return false;
    host().append(document.adoptNode(fresh));
    modal();
    return true;
  };

  const modal = () => {
    const dialog = host().querySelector('dialog');
    dialog.removeAttribute('open');
    dialog.addEventListener('close', closed);
    followStart(dialog);
    dialog.showModal();
    const alarm = dialog.querySelector('[role=alert]');
    if (alarm) {
      alarm.tabIndex = -1;
      alarm.focus();
    }
  };

  const closed = () => {
    host().replaceChildren();
    history.replaceState(null, '', calendar().dataset.page);
    focus(opener);
    opener = null;
  };

  /** The end keeps its distance when the start is moved, and choosing weekdays means to repeat weekly. */
  const followStart = dialog => {
    const field = name => dialog.querySelector(`[name=${name}]`);
    if (!field('startDate')) return;
    const at = name => Date.parse(`${field(name + 'Date').value}T${field(name + 'Time').value || '00:00'}Z`);
    let start = at('start');
    for (const name of ['startDate', 'startTime']) {
      field(name).addEventListener('change', () => {
        const now = at('start');
        const end = at('end');
        if (!Number.isNaN(now) && !Number.isNaN(end) && !Number.isNaN(start)) {
          const [date, time] = new Date(end + now - start).toISOString().split('T');
          field('endDate').value = date;
          field('endTime').value = time.slice(0, 5);
          start = now;
        }
      });
    }
    dialog.querySelectorAll('[name=days]').forEach(one => one.addEventListener('change', () => {
      field('repeat').value = 'weekly';
    }));
  };

  document.addEventListener('click', async event => {
    const link = event.target.closest('a');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    if (link.hasAttribute('data-close')) {
      event.preventDefault();
      host().querySelector('dialog').close();
    } else if (link.hasAttribute('data-dialog')) {
      event.preventDefault();
      opener ??= link.getAttribute('href');
      try {
        const page = parse(await (await fetch(link.href)).text());
        const old = host().querySelector('dialog');
        if (old) old.removeEventListener('close', closed);
        if (!show(page)) {
          swap(page);
          closed();
          say('That event is no longer in this mailbox.');
        }
      } catch {
        location.href = link.href;
      }
    }
  });

  document.addEventListener('submit', async event => {
    const form = event.target;
    if (!host().contains(form)) return;
    event.preventDefault();
    const data = new FormData(form, event.submitter);
    // The buttons are called "action", so form.action would be them.
    const body = form.enctype === 'multipart/form-data' ? data : new URLSearchParams(data);
    form.querySelectorAll('button').forEach(button => { button.disabled = true; });
    try {
      const answer = await fetch(form.getAttribute('action'), { method: 'POST', body });
      const page = parse(await answer.text());
      swap(page);
      if (answer.ok) {
        const said = page.getElementById('status')?.textContent || document.getElementById('status').textContent;
        host().querySelector('dialog').close();
        say(said || 'Done.');
      } else if (!show(page)) {
        closed();
        say(document.getElementById('status').textContent || page.querySelector('[role=alert]')?.textContent || 'Not done.');
      }
    } catch {
      form.querySelectorAll('button').forEach(button => { button.disabled = false; });
      say('The stand-in does not answer. Try again.');
    }
  });

  /** Asks once a second for the mailbox's state, and fetches the calendar when it is another one. */
  const look = async () => {
    try {
      if (!document.hidden) {
        const shown = calendar().dataset;
        const { state } = await (await fetch(shown.changes, { cache: 'no-store' })).json();
        if (state !== calendar().dataset.state) {
          const asked = calendar().dataset.page;
          const page = parse(await (await fetch(asked)).text());
          // Somebody may have turned the page meanwhile.
          if (calendar().dataset.page === asked) {
            swap(page);
            say('The calendar has changed.');
          }
        }
      }
    } catch {
      say('The stand-in does not answer; trying again.');
    }
    setTimeout(look, 1000);
  };

  if (host().querySelector('dialog')) modal();
  setTimeout(look, 1000);
})();
