
// A run that is being trained: its figures, charts and grids.
for (const standing of document.querySelectorAll('[data-run]')) {
  const source = new EventSource(standing.dataset.run);
  const state = standing.querySelector('.state');
  let last = null, drawn = Date.now();
  const duration = s => s < 120 ? `${s.toFixed(0)} s` : s < 7200 ? `${(s / 60).toFixed(1)} min` : `${(s / 3600).toFixed(1)} h`;
  source.addEventListener('line', event => {
    const line = JSON.parse(event.data), stage = standing.querySelector(`[data-stage="${CSS.escape(line.stage)}"]`);
    if (!stage) { return; }
    last = line.step;
    if (line.ends_at > 0) { stage.dataset.planned = stage.querySelector('progress').max = line.ends_at; }
    const planned = Number(stage.dataset.planned), left = line.steps_per_second > 0 ? (planned - line.step) / line.steps_per_second : 0;
    stage.querySelector('progress').value = line.step;
    stage.querySelector('.steps').textContent = `step ${line.step.toLocaleString('en')} of ${planned.toLocaleString('en')}, loss ${Number(line.loss).toPrecision(3)}, `
      + `${Number(line.steps_per_second).toPrecision(3)} steps/s` + (left > 0 ? `, ${duration(left)} left` : '');
    if (Date.now() - drawn > 10000) { drawCharts(); }
  });
  source.addEventListener('picture', event => addFrame(JSON.parse(event.data), standing.dataset.files));
  source.addEventListener('state', event => {
    const isTraining = event.data === 'true';
    if (String(isTraining) === standing.dataset.training) { return; }
    location.reload();
  });
  source.addEventListener('reset', () => location.reload());
  source.addEventListener('failed', () => location.reload());
  source.addEventListener('gone', () => {
    source.close();
    state.textContent = 'The run is no longer in the folder: it was removed or renamed.';
    state.classList.add('trouble');
  });
  function drawCharts() {
    drawn = Date.now();
    for (const image of document.querySelectorAll('[data-chart]')) {
      const name = image.tagName === 'IMG' ? 'src' : 'srcset';
      image.setAttribute(name, image.getAttribute(name).replace(/&at=\d+$/, '') + `&at=${last}`);
    }
  }
}

// The first grid of a kind needs its section: the page is made anew.
function addFrame(path, files) {
  const [kind, file] = path.split('/'), film = document.querySelector(`[data-film="${CSS.escape(kind)}"]`);
  if (!film) { location.reload(); return; }
  const frames = film.querySelectorAll('img'), slider = film.querySelector('input'), atEnd = slider.value === slider.max;
  const image = document.createElement('img');
  image.src = `${files}/${path}`;
  image.alt = `step ${Number(file.replace(/\D/g, '')).toLocaleString('en')}`;
  image.hidden = true;
  frames[frames.length - 1].after(image);
  slider.max = frames.length;
  slider.hidden = false;
  if (atEnd) { slider.value = slider.max; }
  slider.dispatchEvent(new Event('input'));
}

// Images that are being drawn.
for (const drawing of document.querySelectorAll('[data-drawing]')) {
  const job = drawing.dataset.job, source = new EventSource(`${drawing.dataset.drawing}?job=${job}`), message = document.getElementById('drawing');
  source.addEventListener('picture', event => {
    const picture = JSON.parse(event.data), image = drawing.querySelector(`[data-picture="${picture.model}-${picture.index}"]`);
    image.src = `/sample/picture.png?job=${job}&model=${picture.model}&index=${picture.index}&at=${picture.version}`;
    image.hidden = false;
  });
  source.addEventListener('message', event => { message.textContent = JSON.parse(event.data); });
  for (const end of ['over', 'gone']) {
    source.addEventListener(end, event => {
      source.close();
      message.classList.toggle('trouble', event.data === 'true');
      for (const stop of document.querySelectorAll('.stop')) { stop.remove(); }
    });
  }
  const wipe = drawing.querySelector('.wipe');
  if (wipe) {
    const show = () => { for (const image of drawing.querySelectorAll('.frame img:first-child')) { image.style.clipPath = `inset(0 ${100 - wipe.value}% 0 0)`; } };
    wipe.addEventListener('input', show);
    show();
  }
}

// A file that is too large is told before it is sent.
for (const field of document.querySelectorAll('input[type="file"][data-most]')) {
  field.addEventListener('change', () => {
    const most = Number(field.dataset.most), size = field.files.length > 0 ? field.files[0].size : 0;
    field.setCustomValidity(size > most ? `This file has ${Math.ceil(size / 1048576)} MiB; allowed: up to ${most / 1048576} MiB.` : '');
    field.reportValidity();
  });
}

for (const waiting of document.querySelectorAll('[data-reload]')) {
  setTimeout(() => location.reload(), 1000 * Number(waiting.dataset.reload));
}

// A form whose answer is looked up while it is filled in: that part of the answer's page is shown here.
for (const form of document.querySelectorAll('form[data-analysed]')) {
  const part = form.dataset.analysed, text = form.querySelector('textarea');
  let waiting = 0, asked = null;
  const show = async () => {
    if (asked) { asked.abort(); }
    const mine = asked = new AbortController(), here = document.getElementById(part), body = new URLSearchParams(new FormData(form));
    body.append('part', part);
    here.classList.add('waits');
    try {
      const answer = await fetch(form.getAttribute('action').split('#')[0], { method: 'POST', body, signal: mine.signal });
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html'), found = page.getElementById(part);
      text.toggleAttribute('aria-invalid', Boolean(page.querySelector('textarea[aria-invalid]')));
      if (found) { here.replaceChildren(...found.childNodes); } else { here.textContent = 'The studio no longer answers this page: load it again.'; }
      mark(here);
    } catch (failure) {
      if (mine.signal.aborted) { return; }
      here.textContent = 'The studio does not answer: it was ended, or is busy.';
    }
    if (asked === mine) { here.classList.remove('waits'); }
  };
  const mark = here => {
    for (const place of here.querySelectorAll('[data-line]')) {
      place.setAttribute('role', 'button');
      place.title = 'Go to this line';
      const go = () => {
        const lines = text.value.split('\n'), number = Number(place.dataset.line) - 1, start = lines.slice(0, number).join('\n').length + (number > 0 ? 1 : 0);
        text.focus();
        text.setSelectionRange(start, start + (lines[number] ?? '').length);
      };
      place.addEventListener('click', go);
      place.addEventListener('keydown', event => { if (event.key === 'Enter' || event.key === ' ') { event.preventDefault(); go(); } });
    }
  };
  form.addEventListener('input', () => { clearTimeout(waiting); waiting = setTimeout(show, 500); });
  form.addEventListener('submit', event => { event.preventDefault(); clearTimeout(waiting); show(); });
  mark(document.getElementById(part));
  if (!document.querySelector(`#${part} .drawing, #${part} .trouble`)) { show(); }
}
