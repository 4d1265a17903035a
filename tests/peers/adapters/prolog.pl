% The policy in Prolog: swipl -O prolog.pl -- EVIDENCE SUBMISSIONS. A truth is t, f or u.
:- use_module(library(http/json)).
:- use_module(library(readutil)).
:- dynamic wages/4, openings/4, completions/3, living_wage/2, priority_credentials/2.

load(Folder, Table) :-
    format(atom(Path), '~w/~w.csv', [Folder, Table]),
    open(Path, read, Stream),
    read_line_to_string(Stream, _),
    repeat,
    read_line_to_string(Stream, Line),
    (   Line == end_of_file
    ->  !, close(Stream)
    ;   split_string(Line, ",", "", Cells),
        maplist(cell, Cells, Values),
        Fact =.. [Table|Values],
        assertz(Fact),
        fail
    ).

cell(Text, Value) :- \+ sub_string(Text, _, _, _, "."), number_string(Value, Text), !.
cell(Text, Value) :- atom_string(Value, Text).

all(Truths, f) :- memberchk(f, Truths), !.
all(Truths, u) :- memberchk(u, Truths), !.
all(_, t).
any(Truths, t) :- memberchk(t, Truths), !.
any(Truths, u) :- memberchk(u, Truths), !.
any(_, f).

% told(Values, Test, Truth): u when a value is missing.
told(Values, _, u) :- memberchk(null, Values), !.
told(_, Test, t) :- call(Test), !.
told(_, _, f).

value(Dict, Key, Value) :- get_dict(Key, Dict, Value), !.
value(_, _, null).

wage(Region, Living, Occupation, Pays, Starts) :-
    wages(Occupation, Region, Entry, Median), !,
    told([], Median >= Living, Pays),
    told([], Entry * 100 >= Living * 80, Starts).
wage(_, _, _, u, u).
outlook(Region, Occupation, Openings, Grows) :-
    openings(Occupation, Region, Openings, Growth), !,
    told([], Growth >= 30, Grows).
outlook(_, _, null, u).

near(Counts, Rates, Overall, Group, Truth) :-
    value(Counts, Group, Size), told([Size], Size < 10, Small),
    value(Rates, Group, Rate), told([Overall, Rate], Overall - Rate =< 100, Close),
    any([Small, Close], Truth).

criteria(S, [C1, C2, C3, C4, C5, C6, C7, C8, C9, C10, C11, C12]) :-
    _{soc: Occupations, region: Region, cip: Program, kind: Kind, pathway_type: Type} :< S,
    living_wage(Region, Living),
    maplist(wage(Region, Living), Occupations, Pays, Starts), any(Pays, C1), any(Starts, C2),
    maplist(outlook(Region), Occupations, Each, Grows), any(Grows, C4),
    exclude(==(null), Each, Told), sum_list(Told, Demand),
    ( Type == emerging -> Needed = 25 ; Needed = 50 ),
    ( Demand >= Needed -> C3 = t ; memberchk(null, Each) -> C3 = u ; C3 = f ),
    ( completions(Program, Region, Completions) -> true ; Completions = null ),
    told([Completions|Each], Completions * 100 =< Demand * 150, C5),
    value(S, postsecondary_credits, Credits), value(S, articulation, Articulation),
    ( Type == accelerated -> Asked = 12 ; Asked = 9 ),
    told([Credits], Credits >= Asked, Earns), told([Articulation], Articulation == true, Articulated),
    all([Earns, Articulated], C6),
    value(S, credentials, Credentials),
    told([Credentials], (member(One, Credentials), priority_credentials(Program, One)), C7),
    value(S, wbl_hours, Hours), ( Kind == new -> Least = 40 ; Least = 60 ), told([Hours], Hours >= Least, C8),
    value(S, enrollment, Enrollment), value(S, concentrators, Concentrators),
    told([Enrollment], Enrollment >= 15, Large),
    told([Enrollment, Concentrators], Concentrators * 100 >= Enrollment * 25, Deep),
    all([Large, Deep], C9),
    value(S, completers, Completers), value(S, advisory_meetings, Meetings),
    told([Meetings], Meetings >= 2, Often),
    (   Kind == new
    ->  C10 = t, C11 = t, C12 = Often
    ;   told([Completers, Concentrators], Completers * 100 >= Concentrators * 60, C10),
        value(S.rates, all, Overall),
        maplist(near(S.counts, S.rates, Overall), [male, female, econ, swd, el], Near), all(Near, C11),
        value(S, last_decision, Decided), told([Decided], Decided @>= '2021-07-01', Recent),
        all([Often, Recent], C12)
    ).

count(Truth, Truths, Count) :- include(==(Truth), Truths, Found), length(Found, Count).

outcome(S, [C1, C2, C3, C4, C5, C6, C7|Rest], Outcome) :-
    Core = [C1, C3, C6, C7], Others = [C2, C4, C5|Rest],
    count(f, Core, CoreAgainst), count(f, Others, OthersAgainst),
    count(u, Core, CoreUntold), count(u, Others, OthersUntold),
    value(S, kind, Kind), value(S, years_below_threshold, Years),
    (   ( CoreAgainst >= 2 ; CoreAgainst >= 1, OthersAgainst >= 2 ; OthersAgainst >= 4 )
    ->  refused(Kind, Years, Outcome)
    ;   ( CoreUntold >= 1 ; OthersUntold >= 2 ) -> Outcome = 'needs information'
    ;   ( CoreAgainst >= 1 ; OthersAgainst >= 1 ; OthersUntold =:= 1 ) -> Outcome = conditional
    ;   Kind == new -> Outcome = approve
    ;   Outcome = renew
    ).
refused(new, _, deny) :- !.
refused(_, null, 'needs information') :- !.
refused(_, Years, 'phase out') :- Years >= 3, !.
refused(_, _, conditional).

decide(Stream) :-
    repeat,
    json_read_dict(Stream, S, [value_string_as(atom), end_of_file(end), null(null), true(true), false(false)]),
    (   S == end
    ->  !
    ;   criteria(S, Truths),
        outcome(S, Truths, Outcome),
        atomic_list_concat(Truths, Small), upcase_atom(Small, Letters),
        format('~w,~w,~w~n', [S.id, Outcome, Letters]),
        fail
    ).

main :-
    current_prolog_flag(argv, [Folder, Path|_]),
    maplist(load(Folder), [wages, openings, completions, living_wage, priority_credentials]),
    set_stream(user_output, buffer(full)),
    format('submission,outcome,criteria~n'),
    open(Path, read, Stream, [encoding(octet)]),
    decide(Stream),
    close(Stream).

:- initialization((catch(main, Error, (print_message(error, Error), halt(1))), halt)).
