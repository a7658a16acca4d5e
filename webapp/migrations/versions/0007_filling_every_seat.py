"""filling every seat: late cancellations, approval, bookings for colleagues

Revision ID: 0007
Revises: 0006

"""
from datetime import timedelta

from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


def _note_what_was_late():
    """Reports counted as late, until now, who gave up a place less than two days before the start."""
    booking = sa.table(
        'booking',
        *map(sa.column, ('id', 'course_date_id', 'ending', 'gave_up_late', 'waiting_since')),
        sa.column('cancelled_at', sa.DateTime()),
    )
    date = sa.table('course_date', sa.column('id'), sa.column('starts_at', sa.DateTime()))
    invite = sa.table('invite', sa.column('booking_id'))
    had_a_place = sa.or_(
        booking.c.waiting_since.is_(None), sa.exists().where(invite.c.booking_id == booking.c.id)
    )
    given_up = sa.select(booking.c.id, booking.c.cancelled_at, date.c.starts_at).where(
        booking.c.course_date_id == date.c.id, booking.c.ending == 'by_practitioner', had_a_place
    )
    late = [
        key
        for key, cancelled_at, starts_at in op.get_bind().execute(given_up).all()
        if starts_at and cancelled_at and starts_at - cancelled_at < timedelta(days=2)
    ]
    for key in late:
        op.execute(booking.update().where(booking.c.id == key).values(gave_up_late=sa.true()))


def upgrade():
    op.create_table('week',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('slug', sa.Text(), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('about', sa.Text(), nullable=False),
    sa.Column('starts_at', sa.DateTime(), nullable=False),
    sa.Column('ends_at', sa.DateTime(), nullable=False),
    sa.Column('is_published', sa.Boolean(), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('updated_at', sa.DateTime(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_week')),
    sa.UniqueConstraint('slug', name=op.f('uq_week_slug'))
    )
    op.create_table('week_left_out',
    sa.Column('week_id', sa.Integer(), nullable=False),
    sa.Column('course_date_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['course_date_id'], ['course_date.id'], name=op.f('fk_week_left_out_course_date_id_course_date'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['week_id'], ['week.id'], name=op.f('fk_week_left_out_week_id_week')),
    sa.PrimaryKeyConstraint('week_id', 'course_date_id', name=op.f('pk_week_left_out'))
    )
    with op.batch_alter_table('week_left_out', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_week_left_out_course_date_id'), ['course_date_id'], unique=False)

    op.add_column('booking', sa.Column('gave_up_late', sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column('booking', sa.Column('cause', sa.Enum('illness', 'duty', 'other', name='cause', native_enum=False, length=40), nullable=True))
    op.add_column('booking', sa.Column('approval_asked_at', sa.DateTime(), nullable=True))
    # Inside the column's own line: see 0002.
    op.add_column('booking', sa.Column('booked_by_id', sa.Integer(), sa.ForeignKey('practitioner.id', name=op.f('fk_booking_booked_by_id_practitioner')), nullable=True), inline_references=True)
    op.create_index(op.f('ix_booking_booked_by_id'), 'booking', ['booked_by_id'], unique=False)
    op.add_column('booking', sa.Column('place_taken_at', sa.DateTime(), nullable=True))
    op.add_column('partnership', sa.Column('cut_off_days', sa.Integer(), nullable=False, server_default='5'))
    op.add_column('partnership', sa.Column('cut_off_working', sa.Boolean(), nullable=False, server_default=sa.true()))
    _note_what_was_late()
    op.create_table('tariff',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('since', sa.DateTime(), nullable=False),
    sa.Column('for_late', sa.Boolean(), nullable=False),
    sa.Column('for_absence', sa.Boolean(), nullable=False),
    sa.Column('amounts', sa.JSON(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_tariff'))
    )
    op.create_index(op.f('ix_tariff_since'), 'tariff', ['since'], unique=False)

    # Who is told of dates, and of which they were.
    op.add_column('course', sa.Column('tells_in_order', sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column('course_date', sa.Column('tell_interested_at', sa.DateTime(), nullable=True))
    op.create_index(op.f('ix_course_date_tell_interested_at'), 'course_date', ['tell_interested_at'], unique=False)
    op.create_table('told_of_date',
    sa.Column('interest_id', sa.Integer(), nullable=False),
    sa.Column('course_date_id', sa.Integer(), nullable=False),
    sa.Column('starts_at', sa.DateTime(), nullable=False),
    sa.Column('told_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['course_date_id'], ['course_date.id'], name=op.f('fk_told_of_date_course_date_id_course_date')),
    sa.ForeignKeyConstraint(['interest_id'], ['interest.id'], name=op.f('fk_told_of_date_interest_id_interest')),
    sa.PrimaryKeyConstraint('interest_id', 'course_date_id', name=op.f('pk_told_of_date'))
    )
    op.create_index(op.f('ix_told_of_date_course_date_id'), 'told_of_date', ['course_date_id'], unique=False)
    # Until now a date knew when everybody who had asked by then was told of it.
    op.execute(
        'INSERT INTO told_of_date (interest_id, course_date_id, starts_at, told_at) '
        'SELECT interest.id, course_date.id, course_date.starts_at, course_date.interested_told_at '
        'FROM interest JOIN course_date ON course_date.course_id = interest.course_id '
        'WHERE course_date.starts_at IS NOT NULL '
        'AND interest.registered_at <= course_date.interested_told_at'
    )
    op.drop_column('course_date', 'interested_told_at')

    # What follows a missed place. Nothing does where it was never switched on.
    op.add_column('booking', sa.Column('miss_set_aside_at', sa.DateTime(), nullable=True))
    op.add_column('booking', sa.Column('miss_set_aside_reason', sa.Text(), nullable=True))
    op.add_column('agency', sa.Column('lead_name', sa.Text(), nullable=True))
    op.add_column('agency', sa.Column('lead_email', sa.Text(), nullable=True))
    op.create_table('ladder_step',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('partnership_id', sa.Integer(), nullable=False),
    sa.Column('step', sa.Enum('person', 'manager', 'lead', 'approval', name='step', native_enum=False, length=40), nullable=False),
    sa.Column('misses', sa.Integer(), nullable=False),
    sa.Column('months', sa.Integer(), nullable=False),
    sa.Column('since', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['partnership_id'], ['partnership.id'], name=op.f('fk_ladder_step_partnership_id_partnership')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ladder_step')),
    sa.UniqueConstraint('partnership_id', 'step', name=op.f('uq_ladder_step_partnership_id'))
    )

    op.create_table('held_places',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('course_date_id', sa.Integer(), nullable=False),
    sa.Column('sector_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['course_date_id'], ['course_date.id'], name=op.f('fk_held_places_course_date_id_course_date')),
    sa.ForeignKeyConstraint(['sector_id'], ['sector.id'], name=op.f('fk_held_places_sector_id_sector')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_held_places')),
    sa.UniqueConstraint('course_date_id', 'sector_id', name=op.f('uq_held_places_course_date_id'))
    )
    op.create_index(op.f('ix_held_places_sector_id'), 'held_places', ['sector_id'], unique=False)
    op.add_column('course_date', sa.Column('held_days', sa.Integer(), nullable=True))
    op.add_column('partnership', sa.Column('held_days', sa.Integer(), nullable=False, server_default='14'))
    op.add_column('sector', sa.Column('aim', sa.Integer(), nullable=True))
    op.add_column('course_date', sa.Column('prefers_missing', sa.Boolean(), nullable=True))
    op.add_column('partnership', sa.Column('prefers_missing', sa.Boolean(), nullable=False, server_default=sa.false()))

    # What somebody booked for colleagues.
    op.create_table('team_booking',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('course_date_id', sa.Integer(), nullable=False),
    sa.Column('booker_id', sa.Integer(), nullable=False),
    sa.Column('booker_name', sa.Text(), nullable=False),
    sa.Column('booked_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['booker_id'], ['practitioner.id'], name=op.f('fk_team_booking_booker_id_practitioner')),
    sa.ForeignKeyConstraint(['course_date_id'], ['course_date.id'], name=op.f('fk_team_booking_course_date_id_course_date')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_team_booking'))
    )
    op.create_index(op.f('ix_team_booking_booker_id'), 'team_booking', ['booker_id'], unique=False)
    op.create_index(op.f('ix_team_booking_course_date_id'), 'team_booking', ['course_date_id'], unique=False)
    op.create_table('team_member',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('team_booking_id', sa.Integer(), nullable=False),
    sa.Column('practitioner_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('booking_id', sa.Integer(), nullable=True),
    sa.Column('cancelled_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['booking_id'], ['booking.id'], name=op.f('fk_team_member_booking_id_booking')),
    sa.ForeignKeyConstraint(['practitioner_id'], ['practitioner.id'], name=op.f('fk_team_member_practitioner_id_practitioner')),
    sa.ForeignKeyConstraint(['team_booking_id'], ['team_booking.id'], name=op.f('fk_team_member_team_booking_id_team_booking')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_team_member')),
    sa.UniqueConstraint('booking_id', name=op.f('uq_team_member_booking_id'))
    )
    op.create_index(op.f('ix_team_member_practitioner_id'), 'team_member', ['practitioner_id'], unique=False)
    op.create_index(op.f('ix_team_member_team_booking_id'), 'team_member', ['team_booking_id'], unique=False)

    op.add_column('booking', sa.Column('manager_told_at', sa.DateTime(), nullable=True))
    op.add_column('course', sa.Column('objection_days', sa.Integer(), nullable=False, server_default='0'))
    op.add_column('partnership', sa.Column('managers_told_since', sa.DateTime(), nullable=True))


def downgrade():
    op.drop_table('week_left_out')
    op.drop_table('week')
    op.drop_column('partnership', 'managers_told_since')
    op.drop_column('course', 'objection_days')
    op.drop_column('booking', 'manager_told_at')

    op.drop_table('team_member')
    op.drop_table('team_booking')
    with op.batch_alter_table('partnership', schema=None) as batch_op:
        batch_op.drop_column('prefers_missing')
        batch_op.drop_column('held_days')

    with op.batch_alter_table('course_date', schema=None) as batch_op:
        batch_op.drop_column('prefers_missing')
        batch_op.drop_column('held_days')

    with op.batch_alter_table('sector', schema=None) as batch_op:
        batch_op.drop_column('aim')

    op.drop_table('held_places')

    op.drop_table('ladder_step')
    with op.batch_alter_table('agency', schema=None) as batch_op:
        batch_op.drop_column('lead_email')
        batch_op.drop_column('lead_name')
    op.add_column('course_date', sa.Column('interested_told_at', sa.DateTime(), nullable=True))
    op.drop_index(op.f('ix_told_of_date_course_date_id'), table_name='told_of_date')
    op.drop_table('told_of_date')
    op.drop_index(op.f('ix_course_date_tell_interested_at'), table_name='course_date')
    op.drop_column('course_date', 'tell_interested_at')
    op.drop_column('course', 'tells_in_order')
    with op.batch_alter_table('booking', schema=None) as batch_op:
        batch_op.drop_column('miss_set_aside_reason')
        batch_op.drop_column('miss_set_aside_at')
        batch_op.drop_index(batch_op.f('ix_booking_booked_by_id'))
        batch_op.drop_column('booked_by_id')
        batch_op.drop_column('place_taken_at')
        batch_op.drop_column('approval_asked_at')
        batch_op.drop_column('cause')
        batch_op.drop_column('gave_up_late')
    with op.batch_alter_table('partnership', schema=None) as batch_op:
        batch_op.drop_column('cut_off_working')
        batch_op.drop_column('cut_off_days')
    op.drop_table('tariff')
