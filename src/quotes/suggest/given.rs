//! Given names that tell, in English and German, whether `he` or `she` is meant.

use super::cues::Gender;

const MEN: &str = "
    aaron adam alan albert alexander alfred andreas andrew andré anthony arthur barack benjamin bernd bernie bill bob
    brad brian bruce carl carlos charles christian christoph christopher chuck colin craig daniel dave david dennis
    dieter dirk donald doug douglas ed edward eric ernst eugene florian francis frank franz fred gary george gerald
    gerhard gordon graham greg gregory günter günther guy hans harold harry heinrich heinz helmut henry herbert horst
    howard hugo ian jack jacob jake james jason jeff jeffrey jerry jim jimmy joachim joe john johannes johnny jonathan
    jonas josef joseph josh joshua juan jürgen justin karl keith ken kenneth kevin klaus kurt larry lars lawrence lee
    lewis louis lukas manfred marc marco marcus mark markus martin matt matthew matthias max michael mike mitch mitt
    moritz nathan neil newt nicholas nick norbert oliver oscar otto patrick paul peter phil philip philipp rainer ralf
    ralph randy raymond richard rick rob robert roger roland ron ronald russell ryan sam samuel scott sean sebastian
    simon stefan stephen steve steven stuart sven ted terry thomas thorsten tim timothy todd tom tony ulrich uwe victor
    vincent vladimir volker walter wayne werner william winfried wolfgang xi zachary
";

const WOMEN: &str = "
    abigail alexandra alice alison allison amanda amy andrea angela anita ann anna anne annegret annette barbara becky
    beth betty birgit brenda brigitte britta carla carly carol caroline catherine charlotte cheryl christina christine
    cindy claire claudia cynthia dana deborah debra diana diane donna dorothy edith elaine eleanor elena elizabeth
    ellen emily emma erika erin eva evelyn franziska frauke gabriele gisela gloria hannah heather heidi heidemarie
    helen hilda hillary ingrid irene isabel jane janet jennifer jenny jessica jill joan joanna jody judith judy julia
    julie karen karin katherine kathleen kathryn katja katrin kelly kim kristin laura lauren leslie linda lisa loretta
    lori lucy margaret maria marie marine marion martha martina mary megan megyn melanie melania melissa meredith
    michelle monica monika nancy natalie nicola nicole olivia pamela patricia paula petra rachel rebecca renate rita
    rosa ruth sabine samantha sandra sarah sharon silvia simone sonja sophia sophie stephanie susan susanne sylvia
    theresa tina tracy ursula ute valerie vanessa vera victoria virginia wendy yvonne
";

/// What a given name tells.
pub(super) fn gender(name: &str) -> Option<Gender> {
    let low = name.to_lowercase();
    let stands_in = |list: &str| list.split_ascii_whitespace().any(|known| known == low);
    if stands_in(MEN) {
        Some(Gender::Man)
    } else if stands_in(WOMEN) {
        Some(Gender::Woman)
    } else {
        None
    }
}
