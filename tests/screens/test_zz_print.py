import pytest
from tests.screens import pages_tried as p
from tests.screens.pages_tried import *
from tests.screens.conftest import html_of
import re, html
def test_print(open_page, books_file):
    names=with_every_role(books_file)
    def text(page):
        if page.exception: open('/tmp/b7a/exc.txt','a').write(repr((page._page_hash, page.exception[0].value, page.exception[0].stack_trace))+'\n')
        return re.sub(r"\s+"," ",html.unescape(re.sub(r"<style.*?</style>|<[^>]+>", " ", html_of(page), flags=re.DOTALL)))
    p.text_of=text
    shown={}; out=[]
    for who in TRIED_AS:
        seen=dict(tried(open_page, who))
        shown[who]=frozenset(a for a,e in seen.items() if e.is_shown)
        out.append((who, sorted({l for e in seen.values() for l in e.buttons}), sum(any(n in e.text for e in seen.values()) for n in names)))
        open('/tmp/b7a/pages.txt','w').write(repr(out)+repr(shown))
    open('/tmp/b7a/pages.txt','w').write(table(shown)+'\n\n'+'\n'.join(map(repr,out)))
