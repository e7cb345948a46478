import pytest
from django.utils import translation
from tests.plans.test_letter import *
@pytest.mark.parametrize("lang",["fi","sv","draft"])
def test_r(world,lang):
    give_address(world.ville)
    if lang=="draft":
        with clock.at(DAY):
            d=prepare(world,{"outcome":"granted","provision":"own","text":"Šarūnas Żółć. Tarvitset tukea."})
            b=drafted_letter(d,d.content,d.client.rehabilitations.get(),by=world.sanna).as_pdf()
    else:
        c=world.ville; c.language=lang; c.save()
        b=signed_letter(sign(world)).as_pdf()
    open(f"/tmp/decision/letter-{lang}.pdf","wb").write(b)
