"""how freed places are offered, and reminders

Revision ID: 0006
Revises: 0005

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('partnership', schema=None) as batch_op:
        batch_op.add_column(sa.Column('working_days', sa.JSON(), nullable=False, server_default='[0, 1, 2, 3, 4]'))
        batch_op.add_column(sa.Column('work_begins', sa.Time(), nullable=False, server_default='09:00:00'))
        batch_op.add_column(sa.Column('work_ends', sa.Time(), nullable=False, server_default='17:00:00'))
        batch_op.add_column(sa.Column('first_to_take_hours', sa.Integer(), nullable=False, server_default='24'))
        batch_op.add_column(sa.Column('reminder_days', sa.JSON(), nullable=False, server_default='[14, 5]'))
        batch_op.add_column(sa.Column('reminder_working_days', sa.Integer(), nullable=False, server_default='2'))
        batch_op.add_column(sa.Column('reminds_online', sa.Boolean(), nullable=False, server_default=sa.true()))

    # The hours were those of the clock until now, 24 a day; now they are those of an office, 8 a day.
    op.execute('UPDATE partnership SET offer_hours = CASE WHEN offer_hours < 3 THEN 1 ELSE offer_hours / 3 END')

    with op.batch_alter_table('booking', schema=None) as batch_op:
        batch_op.add_column(sa.Column('told_of_place_at', sa.DateTime(), nullable=True))

    with op.batch_alter_table('course_date', schema=None) as batch_op:
        batch_op.add_column(sa.Column('reminded_at', sa.DateTime(), nullable=True))


def downgrade():
    with op.batch_alter_table('course_date', schema=None) as batch_op:
        batch_op.drop_column('reminded_at')

    with op.batch_alter_table('booking', schema=None) as batch_op:
        batch_op.drop_column('told_of_place_at')

    op.execute('UPDATE partnership SET offer_hours = offer_hours * 3')

    with op.batch_alter_table('partnership', schema=None) as batch_op:
        batch_op.drop_column('reminds_online')
        batch_op.drop_column('reminder_working_days')
        batch_op.drop_column('reminder_days')
        batch_op.drop_column('first_to_take_hours')
        batch_op.drop_column('work_ends')
        batch_op.drop_column('work_begins')
        batch_op.drop_column('working_days')
