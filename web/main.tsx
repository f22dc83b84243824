import { render } from 'preact';

render(<h1>Konvert</h1>, document.getElementById('page') as HTMLElement);
